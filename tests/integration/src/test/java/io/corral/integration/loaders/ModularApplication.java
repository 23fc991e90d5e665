package io.corral.integration.loaders;

import io.corral.integration.harness.ForkedJvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.tools.ToolProvider;

/**
 * The module {@code app}, which requires the API: {@code app.Main} starts a thread in a container.
 */
final class ModularApplication {

    private static final String MODULE = """
            module app {
                requires corral.runtime;
                exports app;
            }
            """;

    private static final String MAIN = """
            package app;

            import io.corral.Container;
            import io.corral.Containers;
            import io.corral.Scope;

            public class Main {
                public static void main(String[] arguments) throws Exception {
                    Container here = Containers.at("/module");
                    Thread thread = new Thread(() -> {});
                    try (Scope scope = here.enter()) {
                        System.out.println("path=" + Containers.current().path());
                        thread.start();
                    }
                    thread.join();
                    System.out.println("module=" + Main.class.getModule().getName());
                    System.out.println("api=" + Containers.class.getClassLoader());
                    System.out.println("active=" + Containers.isActive());
                    System.out.println("forks=" + here.usage().forks());
                }
            }
            """;

    private ModularApplication() {}

    /** @return the folder of the compiled module */
    static String compile(Path folder) {
        Path app = folder.resolve("app");
        try {
            Path module = Files.writeString(folder.resolve("module-info.java"), MODULE);
            Path main = Files.writeString(folder.resolve("Main.java"), MAIN);
            List<String> arguments = List.of(
                    "--release",
                    "17",
                    "-p",
                    ForkedJvm.runtimeJar(),
                    "-d",
                    app.toString(),
                    module.toString(),
                    main.toString());
            int failed = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, arguments.toArray(new String[0]));
            if (failed != 0) {
                throw new IllegalStateException("the module does not compile");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return app.toString();
    }
}
