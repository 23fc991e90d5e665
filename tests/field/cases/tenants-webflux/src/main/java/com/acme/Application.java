package com.acme;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A service with WebFlux on Reactor Netty. */
@SpringBootApplication
public class Application {

    /** What a request does. */
    static Runnable work = () -> {};

    /** Returns the port. */
    public static int start(Runnable work) {
        Application.work = work;
        SpringApplication application = new SpringApplication(Application.class);
        application.setDefaultProperties(Map.of("server.port", "0", "server.address", "127.0.0.1"));
        return ((WebServerApplicationContext) application.run()).getWebServer().getPort();
    }

    @Bean
    RouterFunction<ServerResponse> functional() {
        return RouterFunctions.route()
                .GET("/{tenant}/mails/{id}", request -> {
                    String id = request.pathVariable("id");
                    Mono<String> mail = Mono.fromCallable(() -> done(id));
                    return ServerResponse.ok().body(mail, String.class);
                })
                .build();
    }

    static String done(String what) {
        work.run();
        return what;
    }
}
