package io.corral.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests all sources but the environment, which a test can't set; {@code OptionsIT} tests that. */
class OptionsTest {

    @TempDir
    Path folder;

    /** The build may be run with {@code -Dcorral.long}, which is not an option of the agent. */
    private final Properties before = new Properties();

    @BeforeEach
    void setPropertiesAside() {
        before.putAll(System.getProperties());
        System.getProperties().keySet().removeIf(key -> key.toString().startsWith("corral."));
    }

    @AfterEach
    void restoreProperties() {
        System.setProperties(before);
    }

    @Test
    void defaultsAreThoseOfTheKeys() {
        assertThat(Options.read(""))
                .isEqualTo(new Options(
                        true,
                        Options.Clock.EXACT,
                        true,
                        1_000,
                        null,
                        Options.Placement.DEFAULT,
                        true,
                        false,
                        64,
                        1_000_000,
                        1_000,
                        60_000,
                        Long.MAX_VALUE,
                        100_000,
                        0,
                        null,
                        2_000,
                        Options.Log.ERROR,
                        false,
                        Set.of(),
                        List.of()));
    }

    @Test
    void argumentsSetEachKey() {
        Options options = Options.read(
                "enabled=false,clock=adaptive,jfr=off,period=5s,rules=a.conf,placement=inherit,"
                        + "handover=off,queued=on,depth=8,containers=2000,places=50,idle=2s,"
                        + "expire=1h,combinations=3000,carriers=32,metrics=prometheus,"
                        + "series=500,log=debug,training=true");
        assertThat(options)
                .isEqualTo(new Options(
                        false,
                        Options.Clock.ADAPTIVE,
                        false,
                        5_000,
                        "a.conf",
                        Options.Placement.INHERIT,
                        false,
                        true,
                        8,
                        2_000,
                        50,
                        2_000,
                        3_600_000,
                        3_000,
                        32,
                        "prometheus",
                        500,
                        Options.Log.DEBUG,
                        true,
                        EnumSet.complementOf(EnumSet.of(OptionKey.CONFIG)),
                        List.of()));
    }

    @Test
    void systemPropertiesSetEachKey() {
        System.setProperty("corral.enabled", "false");
        System.setProperty("corral.clock", "adaptive");
        System.setProperty("corral.jfr", "off");
        System.setProperty("corral.period", "5s");
        System.setProperty("corral.rules", "a.conf");
        System.setProperty("corral.placement", "inherit");
        System.setProperty("corral.handover", "off");
        System.setProperty("corral.queued", "on");
        System.setProperty("corral.depth", "8");
        System.setProperty("corral.containers", "2000");
        System.setProperty("corral.places", "50");
        System.setProperty("corral.idle", "2s");
        System.setProperty("corral.expire", "1h");
        System.setProperty("corral.combinations", "3000");
        System.setProperty("corral.carriers", "32");
        System.setProperty("corral.metrics", "prometheus");
        System.setProperty("corral.series", "500");
        System.setProperty("corral.log", "debug");
        System.setProperty("corral.training", "true");
        assertThat(Options.read(""))
                .isEqualTo(new Options(
                        false,
                        Options.Clock.ADAPTIVE,
                        false,
                        5_000,
                        "a.conf",
                        Options.Placement.INHERIT,
                        false,
                        true,
                        8,
                        2_000,
                        50,
                        2_000,
                        3_600_000,
                        3_000,
                        32,
                        "prometheus",
                        500,
                        Options.Log.DEBUG,
                        true,
                        Set.of(),
                        List.of()));
    }

    @Test
    void fileSetsEachKeyWithAndWithoutPrefix() throws IOException {
        Path file = file("""
                # what operations have agreed on
                enabled = false
                corral.clock = adaptive
                corral.jfr = off
                period: 5s
                rules = a.conf
                placement = inherit
                handover = off
                queued = on
                depth = 8
                corral.containers = 2000
                places = 50
                idle = 2s
                expire = 1h
                corral.combinations = 3000
                carriers = 32
                metrics = prometheus
                series = 500
                log = debug
                training = true
                """);
        assertThat(Options.read("config=" + file))
                .isEqualTo(new Options(
                        false,
                        Options.Clock.ADAPTIVE,
                        false,
                        5_000,
                        "a.conf",
                        Options.Placement.INHERIT,
                        false,
                        true,
                        8,
                        2_000,
                        50,
                        2_000,
                        3_600_000,
                        3_000,
                        32,
                        "prometheus",
                        500,
                        Options.Log.DEBUG,
                        true,
                        EnumSet.allOf(OptionKey.class),
                        List.of()));
    }

    /** An active agent needs only these; it has read the other sources before. */
    @Test
    void onlyKeysFromArgumentsAndTheFileThatTheyNameAreGiven() throws IOException {
        Path file = file("period = 3s\njfr = off\n");
        System.setProperty("corral.jfr", "on");
        assertThat(Options.read("log=info,config=" + file).given())
                .containsExactlyInAnyOrder(OptionKey.LOG, OptionKey.CONFIG, OptionKey.PERIOD);
        System.setProperty("corral.config", file.toString());
        assertThat(Options.read("log=info").given()).containsExactly(OptionKey.LOG);
    }

    @Test
    void argumentsTakePrecedenceOverPropertiesAndPropertiesOverTheFile() throws IOException {
        Path file = file("period = 3s\njfr = off\n");
        System.setProperty("corral.period", "2s");
        System.setProperty("corral.config", file.toString());
        assertThat(Options.read("period=1m").periodMillis()).isEqualTo(60_000);
        assertThat(Options.read("").periodMillis()).isEqualTo(2_000);
        System.clearProperty("corral.period");
        assertThat(Options.read("").periodMillis()).isEqualTo(3_000);
        assertThat(Options.read("jfr=on").jfr()).isTrue();
        assertThat(Options.read("").jfr()).isFalse();
    }

    @Test
    void firstValueOfARepeatedArgumentCounts() {
        assertThat(Options.read("period=2s,period=3s").periodMillis()).isEqualTo(2_000);
    }

    @Test
    void caseAndSpacesDoNotMatter() {
        Options options = Options.read(" Enabled = FALSE ,, LOG=Off,");
        assertThat(options.enabled()).isFalse();
        assertThat(options.log()).isEqualTo(Options.Log.OFF);
        assertThat(options.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "100ms,100",
        "500MS,500",
        "2S,2000",
        "1M,60000",
        "1H,3600000",
        "1s,1000",
        "90 s,90000",
        "2m,120000",
        "1h,3600000",
        "60m,3600000"
    })
    void durationsAreParsedByTheirUnits(String value, long millis) {
        Options options = Options.read("period=" + value);
        assertThat(options.periodMillis()).isEqualTo(millis);
        assertThat(options.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"99ms", "61m", "5", "s", "", "1d", "-1s", "1.5s", "99999999999s", "1 hour"})
    void invalidDurationIsReportedAndTheDefaultUsed(String value) {
        Options options = Options.read("period=" + value);
        assertThat(options.periodMillis()).isEqualTo(1_000);
        assertThat(options.problems())
                .containsExactly(
                        "option period is \"" + value + "\"; expected 100ms to 1h; using 1s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prometheus",
                "prometheus:0.0.0.0:9464",
                "prometheus:localhost:0",
                "prometheus:[::1]:9464",
                "prometheus+prometheus:10.0.0.1:80",
                "otlp",
                "prometheus:localhost:9465+otlp"
            })
    void exportersOfMetricsAreAccepted(String value) {
        Options options = Options.read("metrics=" + value);
        assertThat(options.metrics()).isEqualTo(value);
        assertThat(options.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "graphite",
                "prometheus:9464",
                "prometheus:host:",
                "prometheus:host:65536",
                "prometheus::9464",
                "prometheus:::1:9464",
                "prometheus:[::1:9464",
                "prometheus+",
                "otlp:localhost",
                "prometheus:localhost:x"
            })
    void unknownExporterIsReportedWithTheChoices(String value) {
        Options options = Options.read("metrics=" + value);
        assertThat(options.metrics()).isNull();
        assertThat(options.problems())
                .containsExactly("option metrics is \"" + value + "\"; expected "
                        + OptionKey.METRICS.choices() + "; using none");
    }

    @Test
    void metricsCanBeSwitchedOff() {
        System.setProperty("corral.metrics", "prometheus");
        Options options = Options.read("metrics=none");
        assertThat(options.metrics()).isNull();
        assertThat(options.problems()).isEmpty();
    }

    /** A wrong value must not reset an option of an active agent. */
    @Test
    void invalidValueChangesNothingInAnActiveAgent() {
        Options options = Options.read("handover=of,period=5s", true);
        assertThat(options.given()).containsExactly(OptionKey.PERIOD);
        assertThat(options.problems())
                .containsExactly("option handover is \"of\"; expected on, off; it is unchanged");
    }

    @Test
    void invalidValueIsReportedWithItsSourceAndTheDefault() throws IOException {
        Path file = file("corral.log = loud\n");
        System.setProperty("corral.jfr", "yes");
        Options options = Options.read("clock=lazy,config=" + file);
        assertThat(options)
                .isEqualTo(new Options(
                        true,
                        Options.Clock.EXACT,
                        true,
                        1_000,
                        null,
                        Options.Placement.DEFAULT,
                        true,
                        false,
                        64,
                        1_000_000,
                        1_000,
                        60_000,
                        Long.MAX_VALUE,
                        100_000,
                        0,
                        null,
                        2_000,
                        Options.Log.ERROR,
                        false,
                        Set.of(OptionKey.CONFIG),
                        List.of(
                                "option clock is \"lazy\"; expected exact, adaptive; using exact",
                                "system property corral.jfr is \"yes\"; expected on, off;"
                                        + " using on",
                                file + ": option corral.log is \"loud\"; expected off, error,"
                                        + " info, debug; using error")));
    }

    @Test
    void unknownKeyIsReportedWithTheValidKeys() throws IOException {
        String valid =
                "; valid are enabled, config, clock, jfr, period, rules, placement, handover,"
                        + " queued, depth, containers, places, idle, expire, combinations,"
                        + " carriers, metrics, series, log, training";
        Path file = file("colour = red\n");
        assertThat(Options.read("colour=red,shape,config=" + file).problems())
                .containsExactly(
                        "unknown option \"colour\"" + valid,
                        "unknown option \"shape\"" + valid,
                        file + ": unknown option \"colour\"" + valid);
    }

    @Test
    void keyRepeatedInAFileIsReportedWithTheOneThatCounts() throws IOException {
        Path file = file("period = 5s\ncorral.period = 2s\nPeriod = 3s\n");
        Options options = Options.read("config=" + file);
        assertThat(options.periodMillis()).isEqualTo(3_000);
        assertThat(options.problems())
                .containsExactly(
                        file
                                + ": option corral.period is also given as Period, which takes"
                                + " precedence",
                        file + ": option period is also given as Period, which takes precedence");
    }

    @Test
    void fileThatNamesAnotherFileIsReported() throws IOException {
        Path file = file("corral.config = base.properties\n");
        assertThat(Options.read("config=" + file).problems())
                .containsExactly(file
                        + ": option corral.config is for other sources; a file can't name"
                        + " another one");
        Files.writeString(file, "config = none\n");
        assertThat(Options.read("config=" + file).problems()).isEmpty();
    }

    @Test
    void unknownPropertyOfOneWordIsReportedWithTheValidKeys() {
        System.setProperty("corral.peroid", "2s");
        System.setProperty("corral.Period", "2s");
        System.setProperty("corral.jdks.only", "25");
        System.setProperty("corralled", "true");
        String valid =
                "; valid are enabled, config, clock, jfr, period, rules, placement, handover,"
                        + " queued, depth, containers, places, idle, expire, combinations,"
                        + " carriers, metrics, series, log, training";
        assertThat(Options.read("").problems())
                .containsExactly(
                        "system property corral.Period: unknown option \"Period\"" + valid,
                        "system property corral.peroid: unknown option \"peroid\"" + valid);
    }

    @Test
    void argumentWithoutValueIsReported() {
        assertThat(Options.read("jfr").problems())
                .containsExactly("option jfr has no value; expected jfr=on, off");
    }

    /** Reading it could wait for ever. */
    @Test
    void deviceIsRefusedAsAFileOfOptions() {
        assertThat(Options.read("config=/dev/zero").problems())
                .containsExactly("option config: can't read the file /dev/zero: it is not a regular"
                        + " file; continuing without it");
    }

    @Test
    void missingFileIsReportedWithItsSource() {
        System.setProperty("corral.config", "/not/there");
        Options options = Options.read("period=2s");
        assertThat(options.periodMillis()).isEqualTo(2_000);
        assertThat(options.problems())
                .singleElement()
                .asString()
                .startsWith("system property corral.config: can't read the file /not/there: ")
                .endsWith("; continuing without it");
    }

    @Test
    void malformedFileIsReported() throws IOException {
        Path file = file("period = \\u00zz\n");
        assertThat(Options.read("config=" + file).problems())
                .containsExactly("option config: can't read the file " + file
                        + ": Malformed \\uxxxx encoding.; continuing without it");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("corral.properties"), text);
    }
}
