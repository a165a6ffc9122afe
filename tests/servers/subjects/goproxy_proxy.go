package main

import (
	"fmt"
	"net/http"
	"os"

	"github.com/elazarl/goproxy"
	"github.com/elazarl/goproxy/ext/auth"
)

func main() {
	fmt.Println("goproxy 1.1-1 (Debian)")
	proxy := goproxy.NewProxyHttpServer()
	auth.ProxyBasic(proxy, "Orders", func(user, password string) bool { return user == "jo" && password == "right-horse" })
	http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), proxy)
}
