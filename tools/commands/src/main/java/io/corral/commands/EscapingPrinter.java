package io.corral.commands;

import io.corral.options.EscapedLine;

import java.io.PrintWriter;

/** Escapes control characters in lines, since names of threads and files may have them. */
final class EscapingPrinter extends PrintWriter {

    EscapingPrinter(PrintWriter out) {
        super(out, true);
    }

    @Override
    public void println(String line) {
        super.println(EscapedLine.of(line));
    }
}
