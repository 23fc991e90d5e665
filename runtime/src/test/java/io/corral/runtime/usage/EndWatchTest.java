package io.corral.runtime.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndWatchTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|false", "17|false", "0-1|true", "0,4|true"})
    void severalCpusAreARangeOrAList(String cpus, boolean several) throws IOException {
        File status = file("Name:\tmain-1\nCpus_allowed:\t3,1\nCpus_allowed_list:\t" + cpus
                + "\nMems_allowed_list:\t0-1\n");
        assertThat(EndWatch.hasSeveralCpus(EndWatch.cpusIn(status, "Cpus_allowed_list:")))
                .isEqualTo(several);
        assertThat(EndWatch.hasSeveralCpus(EndWatch.cpusIn(file(cpus + "\n"), "")))
                .isEqualTo(several);
    }

    @Test
    void unknownAffinityCountsAsSeveralCpus() throws IOException {
        File none = directory.resolve("none").toFile();
        assertThat(EndWatch.cpusIn(file("Name:\tmain\n"), "Cpus_allowed_list:")).isNull();
        assertThat(EndWatch.cpusIn(none, "")).isNull();
        assertThat(EndWatch.hasSeveralCpus(null)).isTrue();
    }

    private File file(String lines) throws IOException {
        return Files.writeString(directory.resolve("file"), lines).toFile();
    }
}
