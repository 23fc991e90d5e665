package io.corral.integration.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page, the {@code Dockerfile} and the manifest say the same. */
class KubernetesPageIT {

    @Test
    void pageShowsPartsOfTheFiles() throws IOException {
        assertThat(blocks("dockerfile"))
                .hasSize(1)
                .allSatisfy(shown ->
                        assertThat(Files.readString(ImageFiles.DOCKERFILE)).endsWith(shown));
        assertThat(blocks("yaml"))
                .isNotEmpty()
                .allSatisfy(shown -> assertThat(Files.readString(Manifest.FILE)).contains(shown));
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(ModulesPage.PAGE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    @Test
    void commandOfTheDockerfileIsThatOfThePage() throws IOException {
        String build = "docker build -f image/Dockerfile";
        String dockerfile = Files.readString(ImageFiles.DOCKERFILE);
        String command = dockerfile
                .lines()
                .filter(line -> line.contains(build))
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(ModulesPage.PAGE)).contains(command.replaceFirst("#\\s*", ""));
    }

    /** Each volume is mounted, and each mount has a volume. */
    @Test
    void manifestMountsItsVolumes() throws IOException {
        Manifest manifest = Manifest.read();
        List<Object> mounted = Manifest.maps(manifest.container().get("volumeMounts")).stream()
                .<Object>map(mount -> mount.get("name"))
                .toList();
        assertThat(manifest.volumes())
                .<Object>extracting(volume -> volume.get("name"))
                .containsExactlyInAnyOrderElementsOf(mounted);
        assertThat(Manifest.maps(manifest.initContainer().get("volumeMounts")))
                .singleElement()
                .satisfies(mount -> {
                    String target = mount.get("mountPath").toString();
                    List<String> command = ImageFiles.commandOfTheAgent();
                    assertThat(Path.of(command.get(command.size() - 1))).isEqualTo(Path.of(target));
                });
        assertThat(manifest.podSecurity().get("runAsNonRoot")).isEqualTo(true);
    }
}
