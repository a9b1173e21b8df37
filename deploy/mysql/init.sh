# Three users, each with what it needs and no more. Sourced once by the image's entrypoint, on an empty volume.
# data_storage and sla_manager make their tables themselves, each in a database of its own.

init_password() {
  # A quote or backslash would end the literal.
  sed -e 's/\\/\\\\/g' -e "s/'/''/g" "/run/secrets/$1"
}

docker_process_sql <<SQL
CREATE DATABASE IF NOT EXISTS pronoia CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE DATABASE IF NOT EXISTS pronoia_sla CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER 'storage'@'%' IDENTIFIED BY '$(init_password storage_password)';
CREATE USER 'sla'@'%' IDENTIFIED BY '$(init_password sla_password)';
CREATE USER 'reader'@'%' IDENTIFIED BY '$(init_password reader_password)';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON pronoia.* TO 'storage'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON pronoia_sla.* TO 'sla'@'%';
GRANT SELECT ON pronoia.* TO 'reader'@'%';
SQL
