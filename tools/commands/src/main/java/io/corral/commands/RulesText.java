package io.corral.commands;

import io.corral.rules.file.RuleError;
import io.corral.rules.file.RulesParser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads rules files the way the agent does. */
public final class RulesText {

    private RulesText() {}

    /** @throws IOException if the file can't be read; the message is for the user */
    static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return RulesParser.text(in);
        } catch (IOException unreadable) {
            throw new IOException(describe(file, unreadable), unreadable);
        }
    }

    /** Describes the cause. Some exceptions have only the file's name as their message. */
    static String describe(Path file, IOException unreadable) {
        if (unreadable instanceof NoSuchFileException) {
            return "there is no file " + file.toAbsolutePath().normalize();
        }
        return "can't read " + file + ": "
                + (unreadable instanceof AccessDeniedException
                        ? "permission denied"
                        : unreadable.getMessage());
    }

    /**
     * Checks a file.
     *
     * @throws IOException if the file can't be read; the message is for the user
     */
    public static List<String> errors(Path file) throws IOException {
        return errors(file, RulesParser.parse(file.toString(), read(file)).errors());
    }

    /** One line for each error, in the form of a compiler's messages. */
    static List<String> errors(Path file, List<RuleError> errors) {
        return errors.stream().map(error -> error.in(file.toString())).toList();
    }
}
