package io.corral.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages name the version of the next release where a user would type it. */
class VersionInPagesTest {

    private static final Path HOME = Path.of("../..");
    private static final Pattern REVISION = Pattern.compile("<revision>(.+?)(-SNAPSHOT)?<");
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>corral-[a-z]+</artifactId>\\s*<version>([^<]+)<"
                    + "|-Drevision=(\\S+?)[`\\s]|-Dversion=(\\S+)|corral-(\\d[^\\s/`]*?)\\.zip");

    @Test
    void pagesNameTheVersionOfTheNextRelease() throws IOException {
        Matcher revision = REVISION.matcher(Files.readString(HOME.resolve("pom.xml")));
        assertThat(revision.find()).isTrue();
        List<String> versions;
        try (Stream<Path> pages = Files.list(HOME.resolve("docs"))) {
            versions = pages.filter(page -> page.toString().endsWith(".md"))
                    .flatMap(VersionInPagesTest::versions)
                    .toList();
        }
        assertThat(versions).hasSizeGreaterThan(5).containsOnly(revision.group(1));
    }

    private static Stream<String> versions(Path page) {
        try {
            return VERSION.matcher(Files.readString(page))
                    .results()
                    .flatMap(found -> Stream.of(1, 2, 3, 4).map(found::group))
                    .filter(version -> version != null);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
