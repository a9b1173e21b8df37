import { z } from "zod";
import {
  type AnalysisShape,
  analysisVariables,
  type CommonShape,
  commonVariables,
  type MysqlShape,
  mysqlVariables,
  type PrometheusShape,
  prometheusVariables,
} from "../shared/runtime/config/variables.ts";

/** Configuration of data_retrieval: the database to read, Prometheus for samples, and which windows there are. */
export const RetrievalConfig: z.ZodObject<CommonShape & MysqlShape & PrometheusShape & AnalysisShape> = z
  .object({
    ...commonVariables(8083),
    ...mysqlVariables,
    ...prometheusVariables,
    ...analysisVariables,
  });
export type RetrievalConfig = z.infer<typeof RetrievalConfig>;
