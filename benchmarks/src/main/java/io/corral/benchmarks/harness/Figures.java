package io.corral.benchmarks.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What measured programs print, each of them started under several setups. */
public final class Figures {

    private record Figure(Setup setup, String name) {}

    private static final String WORD = "figure ";

    private final Jdk jdk;
    private final Jars jars;
    private final Samples<Figure> samples = new Samples<>();

    public Figures(Jdk jdk, Jars jars) {
        this.jdk = jdk;
        this.jars = jars;
    }

    /** Prints one figure of this program. Its name has no space. */
    public static void print(String name, double value) {
        System.out.printf(Locale.ROOT, WORD + "%s %.4f%n", name, value);
    }

    /** Runs a program that calls {@link #print}. */
    public void run(Setup setup, List<String> flags, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(setup.flags(jars));
        command.addAll(flags);
        command.addAll(List.of("-cp", jars.classPath(), program.getName()));
        command.addAll(List.of(arguments));
        for (String line : ChildJvm.run(command).lines().toList()) {
            if (line.startsWith(WORD)) {
                String[] words = line.split(" ", -1);
                samples.add(new Figure(setup, words[1]), Double.parseDouble(words[2]));
            }
        }
    }

    public Sample of(Setup setup, String name) {
        return samples.of(new Figure(setup, name));
    }
}
