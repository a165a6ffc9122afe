package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"

	"github.com/go-chi/chi"
	"github.com/go-chi/chi/middleware"
)

func main() {
	out, _ := exec.Command("dpkg-query", "-W", "-f", "chi ${Version} (Debian)", "golang-github-go-chi-chi-dev").Output()
	fmt.Println(string(out))
	r := chi.NewRouter()
	r.Use(middleware.BasicAuth("Orders", map[string]string{"jo": "right-horse"}))
	r.Get("/orders/7", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(`{"ok":true}`)) })
	http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), r)
}
