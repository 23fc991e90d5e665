package io.corral.benchmarks.loaded;

import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Each does its work on another kind of thread. */
@RestController
public class Endpoints {

    private static final long PARTS = 4;

    private final Background background;
    private final HttpClient client = HttpClient.newHttpClient();

    /** With the JDK's names of threads, as people leave them. */
    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    Endpoints(Background background) {
        this.background = background;
    }

    @PreDestroy
    void endPool() {
        pool.shutdown();
    }

    @GetMapping("/request")
    public long request() {
        return Work.burn(1);
    }

    @GetMapping("/async")
    public CompletableFuture<Long> async() {
        return background.burn(2);
    }

    @GetMapping("/callable")
    public Callable<Long> callable() {
        return () -> Work.burn(3);
    }

    @GetMapping("/future")
    public CompletableFuture<Long> future() {
        return CompletableFuture.supplyAsync(() -> Work.burn(4)).thenApply(Long::reverse);
    }

    @GetMapping("/parallel")
    public long parallel() {
        return LongStream.range(0, PARTS).parallel().map(Work::burn).sum();
    }

    @GetMapping("/pool")
    public CompletableFuture<Long> pool() {
        return CompletableFuture.supplyAsync(() -> Work.burn(5), pool);
    }

    @GetMapping("/call")
    public String call(HttpServletRequest request) throws IOException, InterruptedException {
        return client.send(toSelf(request), BodyHandlers.ofString()).body();
    }

    @GetMapping("/call-async")
    public CompletableFuture<Long> callAsync(HttpServletRequest request) {
        return client.sendAsync(toSelf(request), BodyHandlers.ofString())
                .thenApply(response -> Work.burn(response.statusCode()));
    }

    private static HttpRequest toSelf(HttpServletRequest request) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + request.getServerPort() + "/request"))
                .build();
    }
}
