package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httputil"
	"os"
)

func main() {
	fields := map[string]string{}
	_ = json.Unmarshal([]byte(os.Getenv("FIELDS")), &fields)
	req, _ := http.NewRequest("GET", os.Getenv("URL_"), nil)
	for n, v := range fields {
		req.Header.Set(n, v)
	}
	if os.Getenv("HOW") == "dump" {
		out, _ := httputil.DumpRequestOut(req, true)
		fmt.Printf("%s\n", out)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		fmt.Println(err)
		return
	}
	if os.Getenv("HOW") == "dump" {
		in, _ := httputil.DumpResponse(res, true)
		fmt.Printf("%s\n", in)
		return
	}
	fmt.Printf("%+v\n%+v\n", req, res)
}
