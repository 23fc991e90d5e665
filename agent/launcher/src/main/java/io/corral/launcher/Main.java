package io.corral.launcher;

import io.corral.options.OptionKey;

import java.io.IOException;
import java.io.InputStream;

/** {@code java -jar corral-agent.jar}: prints the version and the options. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        String argument = arguments.length == 0 ? "--help" : arguments[0];
        if (arguments.length > 1) {
            reject("one argument at most; --help, --jfc, --profile, --rules and --version are"
                    + " valid");
        } else if (argument.equals("--jfc")) {
            print("/corral.jfc");
        } else if (argument.equals("--profile")) {
            print("/corral-profile.jfc");
        } else if (argument.equals("--rules")) {
            print("/default.rules");
        } else if (argument.equals("--version") || argument.equals("-V")) {
            System.out.println("corral " + version());
        } else if (argument.equals("--help") || argument.equals("-h")) {
            printUsage();
        } else {
            reject("unknown argument \"" + argument
                    + "\"; valid are --help, --jfc, --profile, --rules, --version");
        }
    }

    private static void reject(String why) {
        System.err.println("corral: " + why);
        System.exit(2);
    }

    /** Of the jar that this class is in. */
    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }

    private static void printUsage() {
        System.out.println("Corral " + version() + ": containers for JVM threads");
        System.out.println();
        System.out.println("  java -javaagent:corral-agent.jar[=key=value,...] ...");
        System.out.println("  java -jar corral-agent.jar --jfc > corral.jfc   settings for a flight"
                + " recording");
        System.out.println(
                "  java -jar corral-agent.jar --profile            settings for one that corral"
                        + " report reads");
        System.out.println(
                "  java -jar corral-agent.jar --rules              the default rules, to copy and"
                        + " change");
        System.out.println("  java -jar corral-agent.jar --version            the version");
        System.out.println();
        System.out.println(
                "Options, by agent argument, else system property corral.<key>, else environment");
        System.out.println("variable CORRAL_<KEY>, else the file that config names:");
        int width = 0;
        for (OptionKey key : OptionKey.values()) {
            width = Math.max(width, key.key().length());
        }
        for (OptionKey key : OptionKey.values()) {
            System.out.printf(
                    "  %-" + width + "s  %s (default: %s)%n      %s%n",
                    key.key(),
                    key.choices(),
                    key.defaultValue(),
                    key.explanation());
        }
    }

    private static void print(String file) throws IOException {
        try (InputStream text = Main.class.getResourceAsStream(file)) {
            if (text == null) {
                throw new IOException(file + " is not in this jar");
            }
            text.transferTo(System.out);
        }
    }
}
