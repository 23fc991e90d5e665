package io.corral.tools;

import io.corral.runtime.rules.Problem;
import io.corral.runtime.rules.RulesParser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads rules files as the agent does. */
final class RulesText {

    private RulesText() {}

    static String read(Path file) throws UnreadableException {
        try (InputStream in = Files.newInputStream(file)) {
            return RulesParser.text(in);
        } catch (IOException unreadable) {
            throw new UnreadableException(whyNot(file, unreadable), unreadable);
        }
    }

    /** The cause in words, since the message of some exceptions is only the file's name. */
    static String whyNot(Path file, IOException unreadable) {
        if (unreadable instanceof NoSuchFileException) {
            return "there is no file " + file.toAbsolutePath().normalize();
        }
        return "can't read " + file + ": "
                + (unreadable instanceof AccessDeniedException
                        ? "permission denied"
                        : unreadable.getMessage());
    }

    /** The problems of a rules file in the format of compilers, a line each. */
    static List<String> faults(Path file, List<Problem> problems) {
        return problems.stream().map(problem -> problem.in(file.toString())).toList();
    }

    /** Thrown if a file cannot be read. The message says why. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1;

        UnreadableException(String message, IOException cause) {
            super(message, cause);
        }
    }
}
