package io.corral.rules.limits;

import io.corral.rules.language.LineScanner;
import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.rules.language.OutcomeParser;
import io.corral.rules.language.TemplateParser;
import io.corral.runtime.container.ChosenPlaces;
import io.corral.runtime.container.ContainerNames;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.placement.Glob;

import java.util.ArrayList;
import java.util.List;

/**
 * The containers of a {@code limit} line: a hierarchy, and a path each of whose names is a glob. A
 * star stands for one name, or a part of it, and never for a slash.
 */
final class LimitPattern {

    private static final List<String> PLACES_OF_CORRAL =
            List.of(ChosenPlaces.JVM, ChosenPlaces.POOLS, ChosenPlaces.THREADS);

    private final String hierarchy;
    private final String path;
    private final Glob[] names;

    private LimitPattern(String hierarchy, String path, Glob[] names) {
        this.hierarchy = hierarchy;
        this.path = path;
        this.names = names;
    }

    static LimitPattern parse(LineScanner in) throws SyntaxException {
        String hierarchy = OutcomeParser.hierarchy(in);
        int column = in.column();
        String path = in.word();
        if (!path.startsWith("/")) {
            throw new SyntaxException(
                    column,
                    (path.isEmpty() ? "the path is missing" : "\"" + path + "\" is no path")
                            + "; expected one as in /tenants/*, where * is any one name");
        }
        if (path.equals("/")) {
            throw new SyntaxException(
                    column,
                    "a root can't be limited; expected a path as in /tenants/*, where * is any one"
                            + " name");
        }
        return new LimitPattern(hierarchy, path, names(hierarchy, path, column));
    }

    private static Glob[] names(String hierarchy, String path, int column) throws SyntaxException {
        String[] texts = path.substring(1).split("/", -1);
        Glob[] names = new Glob[texts.length];
        int begin = column + 1;
        for (int i = 0; i < texts.length; i++) {
            names[i] = new Glob(name(texts[i], begin));
            begin += texts[i].length() + 1;
        }
        if (hierarchy.equals(Trees.MAIN.name()) && PLACES_OF_CORRAL.contains(texts[0])) {
            throw new SyntaxException(
                    column,
                    "/" + texts[0] + " has places that Corral chooses, which can't be limited;"
                            + " expected another path");
        }
        return names;
    }

    private static String name(String text, int column) throws SyntaxException {
        if (text.isEmpty()) {
            throw new SyntaxException(
                    column, "an empty name in the path; expected names joined by single '/'");
        }
        if (text.contains("**")) {
            throw new SyntaxException(
                    column, "unknown pattern \"**\"; expected a * for each name of the path");
        }
        if (text.indexOf('{') >= 0) {
            throw new SyntaxException(
                    column + text.indexOf('{'),
                    "a limit has no placeholders; expected a name, or * for any one name");
        }
        String name = ContainerNames.normalised(text);
        TemplateParser.checkName(name, column);
        return name;
    }

    String hierarchy() {
        return hierarchy;
    }

    boolean hasWildcards() {
        return path.indexOf('*') >= 0 || path.indexOf('?') >= 0;
    }

    /** The names from the root on, wildcards included. */
    List<String> names() {
        List<String> sources = new ArrayList<>();
        for (Glob each : names) {
            sources.add(each.source());
        }
        return sources;
    }

    /** Whether the line is for this container. */
    boolean matches(ContainerNode container) {
        if (container.depth() != names.length || !container.hierarchy().name().equals(hierarchy)) {
            return false;
        }
        ContainerNode node = container;
        for (int i = names.length - 1; i >= 0 && node != null; i--) {
            if (!names[i].matches(node.name(), null)) {
                return false;
            }
            node = node.parent();
        }
        return true;
    }

    /** As {@link #matches}, for names from the root on, of a hierarchy. */
    boolean matches(String ofHierarchy, String[] path) {
        if (!ofHierarchy.equals(hierarchy) || path.length != names.length) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            if (!names[i].matches(path[i], null)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this matches each container that {@code other} matches. */
    boolean covers(LimitPattern other) {
        if (!hierarchy.equals(other.hierarchy) || names.length != other.names.length) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            if (!Globs.covers(names[i].source(), other.names[i].source())) {
                return false;
            }
        }
        return true;
    }

    /** Whether a container may match this, and one below it may match {@code other}. */
    boolean mayBeAbove(LimitPattern other) {
        if (!hierarchy.equals(other.hierarchy) || names.length >= other.names.length) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            if (!Globs.mayMatchTheSame(names[i].source(), other.names[i].source())) {
                return false;
            }
        }
        return true;
    }

    /** As it is written in the file, without quotation marks. */
    @Override
    public String toString() {
        return hierarchy.equals(Trees.MAIN.name()) ? path : "hierarchy " + hierarchy + " " + path;
    }
}
