package io.corral.runtime.rules;

/**
 * What is wrong in a rules file.
 *
 * @param line from 1 on
 * @param column from 1 on
 * @param what and what was expected there
 */
public record Problem(int line, int column, String what) {

    /** As compilers say it. */
    public String in(String file) {
        return file + ":" + line + ":" + column + ": " + what;
    }
}
