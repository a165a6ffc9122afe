package main

import (
	"fmt"
	"os"

	"github.com/labstack/echo"
	"github.com/labstack/echo/middleware"
)

func main() {
	fmt.Println("echo " + echo.Version)
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.GET("/orders/7", func(c echo.Context) error { return c.JSON(200, map[string]bool{"ok": true}) }, middleware.JWT([]byte(os.Getenv("SECRET"))))
	e.Start("127.0.0.1:" + os.Getenv("PORT"))
}
