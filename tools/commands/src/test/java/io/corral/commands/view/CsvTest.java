package io.corral.commands.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Usage;
import io.corral.commands.reading.ProcessCpu;
import io.corral.commands.reading.Reading;
import io.corral.commands.reading.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CsvTest {

    private static final String HEADER =
            "time,hierarchy,container,jvm,jvms,cpu_seconds,allocated_bytes,threads,"
                    + "virtual_threads,forks,exits,queued_seconds,waits,throttled_seconds,shed,"
                    + "gc_estimated_seconds\r\n";

    @Test
    void totalsHaveALineForEachContainerAndNoComputedRow() {
        long unknown = Usage.UNKNOWN;
        Row root = Rows.unlimited(
                "/", 1_500_000_000, 2048, 1, 2, 3, 4, unknown, unknown, unknown, unknown);
        Row tenant = Rows.unlimited("/t", 7, 0, 0, 0, 0, 0, 20, 5, 0, unknown);
        Rates rates = Rates.between(
                null,
                new Reading(
                        "main",
                        1_700_000_000_123_456L,
                        new ProcessCpu(0, 0, 0, 0, 0, 0),
                        List.of(root, tenant)));
        assertThat(Csv.of(rates, rates.rows()))
                .isEqualTo(HEADER
                        + "2023-11-14T22:13:20.123Z,main,/,,,1.500000000,2048,1,2,3,4,,,,,"
                        + "0.000000000\r\n"
                        + "2023-11-14T22:13:20.123Z,main,/t,,,0.000000007,0,0,0,0,0,0.000000020,5"
                        + ",,,0.000000000\r\n");
    }

    @Test
    void nameWithCommaOrQuotesIsQuoted() {
        assertThat(Csv.field("/tenants/a,b")).isEqualTo("\"/tenants/a,b\"");
        assertThat(Csv.field("/tenants/\"big\"")).isEqualTo("\"/tenants/\"\"big\"\"\"");
        assertThat(Csv.field("/tenants/a b;'c")).isEqualTo("/tenants/a b;'c");
    }

    @Test
    void nameThatASpreadsheetWouldComputeIsText() {
        assertThat(Stream.of("=1+1", "+1", "-1", "@SUM(A1)").map(Csv::field))
                .containsExactly("'=1+1", "'+1", "'-1", "'@SUM(A1)");
        assertThat(Csv.field("=HYPERLINK(\"http://a\",1)"))
                .isEqualTo("\"'=HYPERLINK(\"\"http://a\"\",1)\"");
        // The path of a container begins with a slash, and so is none.
        assertThat(Csv.field("/=1+1")).isEqualTo("/=1+1");
        assertThat(Csv.field("")).isEmpty();
    }

    @Test
    void controlCharacterIsEscaped() {
        assertThat(Csv.field("/a\r\nb\u001b[31m")).isEqualTo("/a\\u000d\\nb\\u001b[31m");
    }

    @Test
    void pageDocumentsEachColumn() throws IOException {
        String page = Files.readString(Path.of("../..", "docs", "top.md"));
        assertThat(Stream.of(HEADER.trim().split(",", -1)).map(column -> '`' + column + '`'))
                .allSatisfy(column -> assertThat(page).contains(column));
    }
}
