package io.corral.runtime.observe;

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
    void severalCpusAreARangeOrAList(String allowed, boolean several) throws IOException {
        File status = status("Name:\tmain-1\nCpus_allowed:\t3,1\nCpus_allowed_list:\t" + allowed
                + "\nMems_allowed_list:\t0-1\n");
        assertThat(EndWatch.hasSeveralCpus(status)).isEqualTo(several);
    }

    @Test
    void whereItIsNotToldThereMayBeSeveral() throws IOException {
        assertThat(EndWatch.hasSeveralCpus(status("Name:\tmain\n"))).isTrue();
        assertThat(EndWatch.hasSeveralCpus(directory.resolve("none").toFile())).isTrue();
    }

    private File status(String lines) throws IOException {
        return Files.writeString(directory.resolve("status"), lines).toFile();
    }
}
