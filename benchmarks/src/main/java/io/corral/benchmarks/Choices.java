package io.corral.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the command line's values can be, and what is said of those that can't. */
final class Choices {

    private Choices() {}

    static final class TopicNames implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Topic.values()).map(Topic::toString).iterator();
        }
    }

    static final class Topics implements ITypeConverter<Topic> {

        @Override
        public Topic convert(String name) {
            try {
                return Topic.named(name);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class Jdks implements ITypeConverter<Jdk> {

        @Override
        public Jdk convert(String home) {
            try {
                return Jdk.at(Path.of(home));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** One line on standard error, and code 2. */
    static final class Complaint implements IParameterExceptionHandler {

        @Override
        public int handleParseException(ParameterException refused, String[] arguments) {
            CommandLine line = refused.getCommandLine();
            String why = refused instanceof UnmatchedArgumentException unmatched
                    ? unmatched.getUnmatched().get(0) + " is no option; " + names(line) + " are"
                    : refused.getMessage()
                            .replaceFirst("^Invalid value for option '([^']*)' .*?: ", "$1: ");
            line.getErr().println("corral: " + why);
            return line.getCommandSpec().exitCodeOnInvalidInput();
        }

        private static String names(CommandLine line) {
            List<String> names = new ArrayList<>();
            for (OptionSpec option : line.getCommandSpec().options()) {
                if (!option.hidden()) {
                    names.add(option.longestName());
                }
            }
            return String.join(", ", names);
        }
    }
}
