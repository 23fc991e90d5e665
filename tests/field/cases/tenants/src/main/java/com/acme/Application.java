package com.acme;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/** A service with Spring MVC on Tomcat, whose clients authenticate by a token. */
@SpringBootApplication
public class Application {

    private static final String TOKEN = "token-";

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
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()))
                .build();
    }

    /** The user of a token, without a server to ask. */
    @Bean
    OpaqueTokenIntrospector introspector() {
        Collection<GrantedAuthority> authorities = List.of();
        return token -> new DefaultOAuth2AuthenticatedPrincipal(
                token.substring(TOKEN.length()), Map.of("sub", token), authorities);
    }
}
