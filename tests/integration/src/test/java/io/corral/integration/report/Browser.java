package io.corral.integration.report;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A headless Chromium, which opens pages from files. */
public final class Browser {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private final String command;

    private Browser(String command) {
        this.command = command;
    }

    /** The browser of this machine, or null. */
    public static @Nullable Browser find() {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            for (String name : NAMES) {
                Path file = Path.of(folder, name);
                if (Files.isExecutable(file)) {
                    return new Browser(file.toString());
                }
            }
        }
        return null;
    }

    /**
     * What a page is after its scripts have run.
     *
     * @param dom the document as HTML
     * @param messages the lines that the browser printed for the page's console
     */
    public record Opened(String dom, List<String> messages) {}

    /** @param choice the part of the address after {@code #} */
    public Opened open(Path page, String choice) throws IOException {
        ForkedJvm.Outcome outcome = run(page, choice, "--dump-dom");
        return new Opened(
                outcome.out(),
                outcome.errLines().stream()
                        .filter(line -> line.contains("CONSOLE"))
                        .toList());
    }

    public BufferedImage picture(Path page, String choice) throws IOException {
        Path file = Files.createTempFile(ForkedJvm.temporaryFiles(), "page", ".png");
        run(page, choice, "--screenshot=" + file);
        return ImageIO.read(file.toFile());
    }

    private ForkedJvm.Outcome run(Path page, String choice, String action) throws IOException {
        Path profile = Files.createTempDirectory(ForkedJvm.temporaryFiles(), "browser");
        List<String> all = new ArrayList<>(List.of(
                command,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--enable-logging=stderr",
                "--user-data-dir=" + profile,
                "--window-size=1400,1200",
                "--virtual-time-budget=10000"));
        all.add(action);
        all.add(page.toUri() + "#" + choice);
        return ForkedJvm.on(Jdk.newest()).runCommand(all);
    }
}
