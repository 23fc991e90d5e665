package io.corral.metrics;

import io.corral.metricseries.Readers;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that scrape, and the last reading that each has got. A new series is 0 until all of
 * them have read that, so that each of them sees the series begin at 0.
 *
 * <p>An address that has got nothing for five minutes no longer counts. After two minutes a series
 * waits only for the address that reads it. So a scraper that stops, or has another address each
 * time, delays new series, but keeps none from being shown. Thread-safe.
 */
final class Scrapers {

    private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(2);

    /** More than a service has. Beyond it the one that has read least recently is forgotten. */
    static final int MOST = 100;

    private final LongSupplier nanoTime;

    /** The least recent reader first. Guarded by this. */
    private final Map<InetAddress, Delivery> last = new LinkedHashMap<>();

    /**
     * @param number the number of the latest reading that an address has got
     * @param nanoTime when that was
     */
    private record Delivery(long number, long nanoTime) {}

    /** @param nanoTime the time, as of {@link System#nanoTime()} */
    Scrapers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether a series is shown to an address, at the present time. */
    synchronized Readers atReadingBy(InetAddress address) {
        long now = nanoTime.getAsLong();
        forgetOld(now);
        long byAll = Long.MAX_VALUE;
        for (Delivery each : last.values()) {
            byAll = Math.min(byAll, each.number());
        }
        Delivery own = last.get(address);
        long byOwn = own == null ? Long.MIN_VALUE : own.number();
        long deliveredToAll = Math.min(byAll, byOwn);
        return (number, announcedAt) -> now - announcedAt < LIMIT_NANOS
                ? deliveredToAll >= number
                : own == null || byOwn >= number;
    }

    /** An address has got a reading. */
    synchronized void delivered(InetAddress address, long number) {
        Delivery before = last.remove(address);
        long latest = before == null ? number : Math.max(number, before.number());
        last.put(address, new Delivery(latest, nanoTime.getAsLong()));
        if (last.size() > MOST) {
            forgetFirst();
        }
    }

    private void forgetOld(long now) {
        for (Delivery first = first();
                first != null && now - first.nanoTime() >= REMEMBERED_NANOS;
                first = first()) {
            forgetFirst();
        }
    }

    private @Nullable Delivery first() {
        Iterator<Delivery> all = last.values().iterator();
        return all.hasNext() ? all.next() : null;
    }

    private void forgetFirst() {
        Iterator<InetAddress> all = last.keySet().iterator();
        all.next();
        all.remove();
    }
}
