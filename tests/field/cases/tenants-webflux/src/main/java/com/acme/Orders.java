package com.acme;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@RestController
class Orders {

    @GetMapping("/{tenant}/orders/{id}")
    Mono<String> order(@PathVariable("tenant") String tenant, @PathVariable("id") int id) {
        return price(id, tenant);
    }

    @GetMapping("/{tenant}/bills/{id}")
    Mono<String> bill(@PathVariable("tenant") String tenant, @PathVariable("id") int id) {
        return price(id, tenant).subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<String> price(int id, String tenant) {
        return Mono.fromCallable(() -> Application.done(tenant + " " + id));
    }
}
