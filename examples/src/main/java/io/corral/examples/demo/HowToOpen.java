package io.corral.examples.demo;

import io.corral.examples.service.VirtualThreads;

import java.nio.file.Path;

/** The last lines of a demo: how to open what it has written. */
final class HowToOpen {

    private HowToOpen() {}

    static void print(Path page, Path recording) {
        String jfr = Path.of(System.getProperty("java.home"), "bin", "jfr").toString();
        System.out.println("The report is " + page);
        System.out.println(
                "  Open it in a browser: flame graphs of each tenant, and the CPU time over time.");
        System.out.println("The recording is " + recording);
        System.out.println(
                "  Open it in JDK Mission Control; the events are under Corral. Or print it:");
        System.out.println("  " + jfr + " print --events corral.ContainerTotal " + recording);
        if (VirtualThreads.exist()) {
            // A JDK with virtual threads also has this command.
            System.out.println("  " + jfr
                    + " view --width 220 --truncate beginning corral.ContainerTotal " + recording);
        }
    }
}
