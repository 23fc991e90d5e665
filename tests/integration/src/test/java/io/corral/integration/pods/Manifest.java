package io.corral.integration.pods;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The manifest of {@code distribution/image}: a rules file, and a service with an init container.
 */
final class Manifest {

    static final Path FILE = Path.of("../../distribution/image/deployment.yaml");

    private final Map<?, ?> rules;
    private final Map<?, ?> template;

    private Manifest(Map<?, ?> rules, Map<?, ?> deployment) {
        this.rules = rules;
        this.template = map(map(deployment.get("spec")).get("template"));
    }

    /** Refuses keys that are there twice. */
    static Manifest read() throws IOException {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        Map<Object, Map<?, ?>> byKind = new HashMap<>();
        for (Object each : new Yaml(new SafeConstructor(strict)).loadAll(Files.readString(FILE))) {
            byKind.put(map(each).get("kind"), map(each));
        }
        return new Manifest(map(byKind.get("ConfigMap")), map(byKind.get("Deployment")));
    }

    /** The files of the rules, by their names. */
    Map<?, ?> rulesFiles() {
        return map(rules.get("data"));
    }

    Object rulesName() {
        return map(rules.get("metadata")).get("name");
    }

    Map<?, ?> annotations() {
        return map(map(template.get("metadata")).get("annotations"));
    }

    Map<?, ?> podSecurity() {
        return map(podSpec().get("securityContext"));
    }

    Map<?, ?> initContainer() {
        return map(list(podSpec().get("initContainers")).get(0));
    }

    Map<?, ?> container() {
        return map(list(podSpec().get("containers")).get(0));
    }

    List<Map<?, ?>> volumes() {
        return maps(podSpec().get("volumes"));
    }

    private Map<?, ?> podSpec() {
        return map(template.get("spec"));
    }

    static Map<?, ?> map(Object node) {
        return (Map<?, ?>) node;
    }

    static List<?> list(Object node) {
        return (List<?>) node;
    }

    static List<Map<?, ?>> maps(Object node) {
        List<Map<?, ?>> maps = new ArrayList<>();
        list(node).forEach(each -> maps.add(map(each)));
        return maps;
    }
}
