library(httr2)
fields <- jsonlite::fromJSON(Sys.getenv("FIELDS"))
r <- request(Sys.getenv("URL_")); r <- do.call(req_headers, c(list(r), fields)); r <- req_verbose(r, body_resp = TRUE)
r <- tryCatch(req_perform(r), error = function(e) print(e))
