package io.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid names of containers and hierarchies, and how paths are made of names. */
class NamesTest {

    private static final String RULE = "; a name has 1 to 255 characters, no '/', no control"
            + " characters, and is not '.' or '..'";

    private final Container here = Containers.at("/names");

    @ParameterizedTest
    @ValueSource(
            strings = {"a", " ", "a b", "a.b", "...", ".a", "ä→𝄞", "*", "\\", "\u00a0", "a\u200db"
            })
    void nameWithoutControlCharactersIsAccepted(String name) {
        Container child = here.at(name);
        assertThat(child.name()).isEqualTo(name);
        assertThat(child.path()).isEqualTo("/names/" + name);
        assertThat(here.at(name)).isSameAs(child);
        assertThat(Containers.at("/names/" + name)).isSameAs(child);
        assertThat(Containers.hierarchy(name).name()).isEqualTo(name);
    }

    @Test
    void nameMayHave255Characters() {
        String longest = "x".repeat(255);
        assertThat(here.create(longest).name()).isEqualTo(longest);
    }

    @Test
    void namesAreCaseSensitive() {
        assertThat(here.at("Case")).isNotSameAs(here.at("case"));
    }

    @ParameterizedTest
    @CsvSource({"'',is empty", "., is reserved", ".., is reserved", "a/b, has a '/'", "/, has a '/'"
    })
    void invalidNameIsRefused(String name, String fault) {
        String message = "container name \"" + name + "\" " + fault + RULE;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here.create(name))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Containers.hierarchy(name))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, '\t', 0x1f, 0x7f, 0x85, 0x9f, 0xad, 0x61c, 0x200b, 0x200e, 0x2028, 0x2029,
                0x202a, 0x202e, 0x2066, 0x2069, 0xfeff
            })
    void controlOrDirectionCharacterIsRefusedAndEscaped(int control) {
        String name = "a" + (char) control;
        String message = "container name \"a\\u%04x\" has the control character U+%04X"
                .formatted(control, control);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here.create(name))
                .withMessage(message + RULE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Containers.at("/names/" + name))
                .withMessage(message + RULE);
    }

    @Test
    void controlCharacterBeyondTheBmpIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here.create("a" + Character.toString(0xe0001)))
                .withMessage("container name \"a\\udb40\\udc01\" has the control character U+E0001"
                        + RULE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xd800, 0xdbff, 0xdc00, 0xdfff})
    void loneSurrogateIsRefused(int surrogate) {
        String message = "container name \"a\\u%04xb\" has the lone surrogate U+%04X"
                .formatted(surrogate, surrogate);
        String name = "a" + (char) surrogate + "b";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here.create(name))
                .withMessageStartingWith(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Containers.at("/names/" + name))
                .withMessageStartingWith(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Containers.hierarchy(name))
                .withMessageStartingWith(message);
    }

    /** "e" and a combining accent is the same as one letter. */
    @Test
    void namesAreNormalised() {
        Container composed = here.at("caf\u00e9\u2192");
        assertThat(here.at("cafe\u0301\u2192")).isSameAs(composed);
        assertThat(here.at("cafe\u0301")).isSameAs(here.at("caf\u00e9"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here.create("cafe\u0301"))
                .withMessageEndingWith("already");
        assertThat(Containers.hierarchy("cafe\u0301")).isSameAs(Containers.hierarchy("caf\u00e9"));
    }

    @Test
    void nameThatIsTooLongIsRefusedAndShortened() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here.create("x".repeat(256)))
                .withMessage(
                        "container name \"" + "x".repeat(40) + "…\" has 256 characters" + RULE);
    }

    @Test
    void nameOfAnExistingChildIsRefused() {
        here.create("taken");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here.create("taken"))
                .withMessage("container main:/names has a child \"taken\" already");
    }

    @Test
    void pathOfTheRootIsASlash() {
        assertThat(Containers.at("/")).isSameAs(Containers.root());
        assertThat(Containers.root().path()).isEqualTo("/");
        assertThat(Containers.root().name()).isEqualTo("/");
        assertThat(Containers.root().parent()).isNull();
    }

    @Test
    void pathCreatesMissingContainers() {
        Container deep = Containers.at("/names/one/two/three");
        assertThat(deep.path()).isEqualTo("/names/one/two/three");
        assertThat(deep.name()).isEqualTo("three");
        assertThat(deep.parent()).isSameAs(here.at("one/two"));
        assertThat(here.at("one").children()).containsExactly(here.at("one/two"));
        assertThat(Containers.at("/names/one/two/three")).isSameAs(deep);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a/b", " /a", "."})
    void absolutePathBeginsWithASlash(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Containers.at(path))
                .withMessage("path \"" + path + "\" is not absolute; it begins with '/'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "/a/", "/a//b", "//a"})
    void absolutePathHasNoEmptyPart(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Containers.at(path))
                .withMessage("path \"" + path + "\" has an empty part; names are joined by single"
                        + " '/', with none at the end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b"})
    void relativePathHasNoEmptyPart(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here.at(path))
                .withMessage("path \"" + path + "\" has an empty part; names are joined by single"
                        + " '/', with none at the end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/names/.", "/names/../names", "/names/a\u0001"})
    void eachPartOfAPathIsCheckedAsAName(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Containers.at(path))
                .withMessageStartingWith("container name ")
                .withMessageEndingWith(RULE);
    }

    @Test
    void refusedPathCreatesNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> here.at("half/way/.."));
        assertThat(here.children()).noneMatch(child -> child.name().equals("half"));
    }

    @Test
    void toStringOfARemovedContainerSaysSo() {
        Container removed = Containers.at("/names/removed");
        Delegate handle = removed.delegate();
        removed.remove();
        assertThat(removed).hasToString("main:/names/removed (removed)");
        assertThat(handle).hasToString("main:/names/removed (removed)");
        assertThat(Containers.at("/names/removed")).hasToString("main:/names/removed");
    }

    @Test
    void toStringShowsHierarchyAndPath() {
        assertThat(Containers.at("/names/shown")).hasToString("main:/names/shown");
        assertThat(Containers.hierarchy("endpoint").at("/orders")).hasToString("endpoint:/orders");
        assertThat(Containers.root()).hasToString("main:/");
        assertThat(Containers.hierarchy("endpoint")).hasToString("endpoint");
    }
}
