import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Spring Boot with Spring MVC and Spring Security, which authenticates by a token. With the
 * argument {@code virtual} the server's threads are virtual.
 */
@Configuration
@EnableAutoConfiguration
public class Service {

    public static void main(String[] arguments) throws Exception {
        SpringApplication application = new SpringApplication(Service.class);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "logging.level.root", "OFF",
                "spring.security.user.password", "-",
                "spring.threads.virtual.enabled", arguments[0].equals("virtual")));
        ConfigurableApplicationContext context = application.run();
        int port = context.getEnvironment().getProperty("local.server.port", Integer.class);
        List<String> parts = new ArrayList<>(Parts.NAMES);
        parts.add("callable");
        Requests.send(port, parts);
    }

    @Controller
    static class Work {

        @GetMapping("/{way:code|principals|tenants}/{part}")
        void handle(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            Parts.handle(request, response);
        }

        /** Spring runs it on a pool of its own. */
        @GetMapping("/{way:code|principals|tenants}/callable")
        @ResponseBody
        Callable<String> call(HttpServletRequest request) {
            return () -> {
                Parts.work(request);
                return "done";
            };
        }
    }

    @Bean
    FilterRegistrationBean<Parts.CodeFilter> code() {
        FilterRegistrationBean<Parts.CodeFilter> bean =
                new FilterRegistrationBean<>(new Parts.CodeFilter());
        bean.addUrlPatterns("/code/*");
        bean.setDispatcherTypes(DispatcherType.REQUEST);
        return bean;
    }

    /** Does the work of failed requests. */
    @Bean
    FilterRegistrationBean<Failed> failed() {
        FilterRegistrationBean<Failed> bean = new FilterRegistrationBean<>(new Failed());
        bean.setDispatcherTypes(EnumSet.of(DispatcherType.ERROR));
        return bean;
    }

    static final class Failed extends OncePerRequestFilter {

        @Override
        protected boolean shouldNotFilterErrorDispatch() {
            return false;
        }

        @Override
        protected void doFilterInternal(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Parts.work(request);
            chain.doFilter(request, response);
        }
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new Token(), AuthorizationFilter.class)
                .build();
    }

    static final class Token extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String token = request.getHeader("Authorization");
            if (token != null) {
                String user = token.substring("Bearer ".length());
                SecurityContextHolder.getContext()
                        .setAuthentication(
                                new UsernamePasswordAuthenticationToken(user, "", List.of()));
            }
            chain.doFilter(request, response);
        }
    }
}
