package main

import (
	"fmt"
	"net/http"
	"os"

	auth "github.com/abbot/go-http-auth"
)

func secret(user, realm string) string {
	if user == "jo" {
		return "{SHA}MsxeHW6fWr6p8fmpdF2FIr0LsgY="
	}
	return ""
}

func main() {
	fmt.Println("go-http-auth 0.4.0-5 (Debian)")
	a := auth.NewBasicAuthenticator("Orders", secret)
	http.HandleFunc("/orders/7", a.Wrap(func(w http.ResponseWriter, r *auth.AuthenticatedRequest) { fmt.Fprint(w, "{\"ok\":true}") }))
	http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil)
}
