package io.corral.integration.servers;

import io.corral.Containers;
import io.corral.LimitStat;
import io.corral.Limits;
import io.corral.integration.support.Waits;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A client that goes away while its request waits for another one of its tenant. */
final class GoneClient {

    private static final CountDownLatch HELD = new CountDownLatch(1);
    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    private GoneClient() {}

    /** What the application does for {@code /hold}. */
    static void hold() {
        HELD.countDown();
        Waits.await(RELEASED);
    }

    /** @return what the limit has counted in the end */
    static String goWhileItWaits(int port) throws IOException, InterruptedException {
        Limits limits = Containers.at("/tenants/gone").limits();
        limits.requestsMax(1, Duration.ofMinutes(1));
        try (KeptConnection held = new KeptConnection(port)) {
            held.send("/hold", "gone", "");
            Waits.await(HELD);
            CountedRequests.sendAndGo(
                    port, "large", "gone", () -> Waits.until(() -> limits.stat().waiting() == 1));
            RELEASED.countDown();
            held.receive();
        }
        LimitStat stat = CountedRequests.awaitEnd(limits);
        return "admitted " + stat.admitted() + " waited " + stat.waited() + " shed " + stat.shed()
                + " left " + stat.requests() + " and " + stat.waiting() + " lost " + stat.lost();
    }
}
