package io.corral.rules.file;

/**
 * A mistake in a rules file.
 *
 * @param line counted from 1
 * @param column counted from 1
 * @param what the fault, and what was expected
 */
public record Mistake(int line, int column, String what) {

    /** The mistake in the format of compilers: file, line, column, text. */
    public String in(String file) {
        return file + ":" + line + ":" + column + ": " + what;
    }

    Mistake with(String more) {
        return new Mistake(line, column, what + more);
    }
}
