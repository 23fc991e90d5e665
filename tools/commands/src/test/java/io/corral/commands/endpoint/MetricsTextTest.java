package io.corral.commands.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples are those of the formats' own pages. */
class MetricsTextTest {

    @Test
    void exampleOfTheTextFormatIsParsed() throws MetricsTextException {
        List<Sample> samples = MetricsText.parse("""
                # HELP http_requests_total The total number of HTTP requests.
                # TYPE http_requests_total counter
                http_requests_total{method="post",code="200"} 1027 1395066363000
                http_requests_total{method="post",code="400"}    3 1395066363000

                # Escaping in label values:
                msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",\
                error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9

                # Minimalistic line:
                metric_without_timestamp_and_labels 12.47

                # A weird metric from before the epoch:
                something_weird{problem="division by zero"} +Inf -3982045

                # A histogram, which has a pretty complex representation in the text format:
                # HELP http_request_duration_seconds A histogram of the request duration.
                # TYPE http_request_duration_seconds histogram
                http_request_duration_seconds_bucket{le="0.05"} 24054
                http_request_duration_seconds_bucket{le="0.1"} 33444
                http_request_duration_seconds_bucket{le="+Inf"} 144320
                http_request_duration_seconds_sum 53423
                http_request_duration_seconds_count 144320

                # Finally a summary, which has a complex representation, too:
                # HELP rpc_duration_seconds A summary of the RPC duration in seconds.
                # TYPE rpc_duration_seconds summary
                rpc_duration_seconds{quantile="0.01"} 3102
                rpc_duration_seconds_sum 1.7560473e+07
                rpc_duration_seconds_count 2693
                """);
        assertThat(samples)
                .hasSize(13)
                .startsWith(
                        new Sample(
                                "http_requests_total",
                                Map.of("method", "post", "code", "200"),
                                1027),
                        new Sample(
                                "http_requests_total", Map.of("method", "post", "code", "400"), 3),
                        new Sample(
                                "msdos_file_access_time_seconds",
                                Map.of(
                                        "path", "C:\\DIR\\FILE.TXT",
                                        "error", "Cannot find file:\n\"FILE.TXT\""),
                                1.458255915e9),
                        new Sample("metric_without_timestamp_and_labels", Map.of(), 12.47),
                        new Sample(
                                "something_weird",
                                Map.of("problem", "division by zero"),
                                Double.POSITIVE_INFINITY));
        assertThat(samples.get(11).value()).isEqualTo(17560473);
    }

    @Test
    void exampleOfOpenMetricsIsParsed() throws MetricsTextException {
        List<Sample> samples = MetricsText.parse("""
                # TYPE acme_http_router_request_seconds summary
                # UNIT acme_http_router_request_seconds seconds
                # HELP acme_http_router_request_seconds Latency though all of ACME's HTTP router.
                acme_http_router_request_seconds_sum{path="/api/v1",method="GET"} 9036.32
                acme_http_router_request_seconds_count{path="/api/v1",method="GET"} 807283.0
                acme_http_router_request_seconds_created{path="/api/v1",method="GET"} 1605281325.0
                # TYPE foo counter
                foo_total 17.0 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67 1520879607.789
                foo_bucket{le="0.1"} 8 # {} 0.054
                foo{a="\\d",} NaN
                # EOF""");
        assertThat(samples).hasSize(6);
        assertThat(samples.get(0).label("path")).isEqualTo("/api/v1");
        assertThat(samples.get(3)).isEqualTo(new Sample("foo_total", Map.of(), 17));
        assertThat(samples.get(4)).isEqualTo(new Sample("foo_bucket", Map.of("le", "0.1"), 8));
        assertThat(samples.get(5)).isEqualTo(new Sample("foo", Map.of("a", "\\d"), Double.NaN));
    }

    @Test
    void quotedNameOfAMetricIsParsed() throws MetricsTextException {
        assertThat(MetricsText.parse("{\"http.requests\",\"the label\"=\"a}, b\"} 3"))
                .containsExactly(new Sample("http.requests", Map.of("the label", "a}, b"), 3));
    }

    @Test
    void blanksAndCarriageReturnsAreSkipped() throws MetricsTextException {
        assertThat(MetricsText.parse("\r\n \t# a\r\n  m { a = \"1\" , } \t -Inf\t7 \r\n"))
                .containsExactly(new Sample("m", Map.of("a", "1"), Double.NEGATIVE_INFINITY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "<html>|no name where one is expected",
                "m|no number where one is expected",
                "m{a=\"1\"}|no number where one is expected",
                "m 1d|no number where one is expected",
                "m 1 x|no number where one is expected",
                "m 1 2 3|text after the timestamp",
                "m{a=1} 1|no quotation mark before the value of a label",
                "m{a=\"1} 1|no quotation mark after the value of a label",
                "m{a=\"1\" b=\"2\"} 1|no comma or brace after a label",
                "m{a=\"1\",a=\"2\"} 1|two labels a",
                "m{a} 1|no = after the name of a label",
                "m{a=\"1\"|no comma or brace after a label",
                "{a=\"1\"} 1|it has no name of a metric",
                "m{|no name where one is expected"
            })
    void lineThatIsNoMetricIsRefused(String line, String error) {
        assertThatThrownBy(() -> MetricsText.parse("# a comment\n" + line))
                .isInstanceOf(MetricsTextException.class)
                .hasMessage("line 2 is no metric: " + error + ": \"" + line + "\"");
    }

    @Test
    void charactersThatChangeTheScreenAreNotQuoted() {
        assertThatThrownBy(() -> MetricsText.parse("\u001b[2J\u202e"))
                .hasMessageEndingWith(": \"?[2J?\"");
    }
}
