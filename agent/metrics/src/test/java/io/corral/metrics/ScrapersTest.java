package io.corral.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a new series is shown to whom. */
class ScrapersTest {

    /** The time of the JVM, which may overflow. */
    private long now = Long.MAX_VALUE - TimeUnit.MINUTES.toNanos(1);

    private final Scrapers scrapers = new Scrapers(() -> now);
    private long readings;

    /** The reading that had the series as 0 first, and its time. */
    private long announcedIn;

    private long announcedAt;

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {10, 0, (byte) (last >> Byte.SIZE), (byte) last});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    /** A scrape whose response the client gets. The next one may have a new series. */
    private boolean shows(int scraper) {
        boolean shows = showsAndFails(scraper);
        scrapers.delivered(address(scraper), readings);
        return shows;
    }

    private boolean showsAndFails(int scraper) {
        readings++;
        return announcedIn > 0
                && scrapers.atReadingBy(address(scraper)).haveRead(announcedIn, announcedAt);
    }

    /** A scrape that has the new series for the first time. */
    private void announceTo(int scraper) {
        announcedIn = readings + 1;
        announcedAt = now;
        shows(scraper);
    }

    @Test
    void oneScraperSeesTheSeriesAtItsNextScrape() {
        shows(1);
        pass(15);
        announceTo(1);
        pass(15);
        assertThat(shows(1)).isTrue();
    }

    @Test
    void eachOfTwoScrapersSeesTheZeroFirst() {
        shows(1);
        pass(5);
        shows(2);
        pass(10);
        announceTo(1);
        pass(5);
        assertThat(shows(2)).isFalse();
        pass(10);
        assertThat(shows(1)).isTrue();
    }

    @Test
    void scrapersAtOddIntervalsSeeTheZeroFirst() {
        shows(2);
        shows(1);
        announceTo(1);
        for (int i = 0; i < 7; i++) {
            pass(7);
            assertThat(shows(1)).as("scrape %s", i).isFalse();
        }
        pass(1);
        assertThat(shows(2)).isFalse();
        assertThat(shows(1)).isTrue();
    }

    @Test
    void scraperThatStopsDelaysASeriesByTwoMinutes() {
        shows(2);
        pass(30);
        announceTo(1);
        pass(119);
        assertThat(shows(1)).isFalse();
        pass(1);
        assertThat(shows(1)).isTrue();
    }

    @Test
    void scraperThatStoppedFiveMinutesAgoDelaysNothing() {
        shows(2);
        pass(299);
        announceTo(1);
        assertThat(shows(1)).isFalse();
        pass(1);
        assertThat(shows(1)).isTrue();
    }

    @Test
    void failedScrapeIsNoReading() {
        shows(1);
        announcedIn = readings + 1;
        announcedAt = now;
        showsAndFails(1);
        pass(15);
        assertThat(shows(1)).isFalse();
        pass(15);
        assertThat(shows(1)).isTrue();
    }

    @Test
    void failedScrapeIsNoReadingEvenAfterTwoMinutes() {
        shows(1);
        announcedIn = readings + 1;
        announcedAt = now;
        showsAndFails(1);
        pass(180);
        assertThat(shows(1)).isFalse();
        pass(180);
        assertThat(shows(1)).isTrue();
    }

    @Test
    void scraperWithALongIntervalSeesTheSeriesAtItsNextScrape() {
        shows(1);
        pass(600);
        announceTo(1);
        pass(600);
        assertThat(shows(1)).isTrue();
    }

    @Test
    void scraperWithAnotherAddressEachTimeSeesTheSeriesAfterTwoMinutes() {
        announceTo(1);
        int scraper = 2;
        for (int i = 0; i < 7; i++) {
            pass(15);
            assertThat(shows(scraper++)).isFalse();
        }
        pass(15);
        assertThat(shows(scraper)).isTrue();
    }

    @Test
    void numberOfRememberedAddressesIsBounded() {
        shows(1);
        announceTo(2);
        for (int i = 0; i < Scrapers.MOST; i++) {
            shows(3 + i);
        }
        // The first two are forgotten, and the others have read the zero.
        assertThat(shows(2 + Scrapers.MOST)).isTrue();
        assertThat(shows(1)).isFalse();
    }
}
