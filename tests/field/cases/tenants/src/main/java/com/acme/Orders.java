package com.acme;

import java.util.concurrent.Callable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Orders {

    @GetMapping("/{tenant}/orders/{id}")
    String order(@PathVariable("tenant") String tenant, @PathVariable("id") int id)
            throws Exception {
        return price(id, tenant).call();
    }

    private Callable<String> price(int id, String tenant) {
        return () -> {
            Application.work.run();
            return tenant + " " + id;
        };
    }
}
