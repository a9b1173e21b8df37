console.log("pronoia");
