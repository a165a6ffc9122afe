package main

import (
	"fmt"
	"net/http"
	"os"

	auth "github.com/abbot/go-http-auth"
)

func secret(user, realm string) string {
	if user == "jo" {
		return "cbd53bf4014bdb0f424514eb29cf6618"
	}
	return ""
}

func main() {
	fmt.Println("go-http-auth 0.4.0-5 (Debian)")
	a := auth.NewDigestAuthenticator("Orders", secret)
	http.HandleFunc("/orders/7", a.Wrap(func(w http.ResponseWriter, r *auth.AuthenticatedRequest) { fmt.Fprint(w, "{\"ok\":true}") }))
	http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil)
}
