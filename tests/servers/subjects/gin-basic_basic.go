package main

import (
	"fmt"
	"os"

	"github.com/gin-gonic/gin"
)

func main() {
	gin.SetMode(gin.ReleaseMode)
	fmt.Println("gin " + gin.Version)
	r := gin.New()
	r.GET("/orders/7", gin.BasicAuth(gin.Accounts{"jo": "right-horse"}), func(c *gin.Context) { c.JSON(200, gin.H{"ok": true}) })
	r.Run("127.0.0.1:" + os.Getenv("PORT"))
}
