package io.corral.benchmarks.loaded;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What Spring runs elsewhere than in a request's thread. */
@Component
public class Background {

    private final AtomicLong last = new AtomicLong();

    @Async
    public CompletableFuture<Long> burn(long seed) {
        return CompletableFuture.completedFuture(Work.burn(seed));
    }

    @Scheduled(fixedRate = 20)
    void refresh() {
        last.set(Work.burn(last.get()));
    }
}
