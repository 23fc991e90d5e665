package io.corral.rules.file;

/**
 * An error in a rules file.
 *
 * @param line counted from 1
 * @param column counted from 1
 * @param what the fault, and what was expected
 */
public record RuleError(int line, int column, String what) {

    /** The error in the format of compilers: file, line, column, text. */
    public String in(String file) {
        return file + ":" + line + ":" + column + ": " + what;
    }

    RuleError with(String more) {
        return new RuleError(line, column, what + more);
    }
}
