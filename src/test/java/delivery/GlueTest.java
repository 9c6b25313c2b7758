package delivery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import delivery.kubernetes.RolloutActions;
import io.cucumber.java.en.Then;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The glue between the features' words and the code: it only says which part of the suite a step calls. */
class GlueTest {

    private static final Path GLUE = Path.of("src/suite/java/delivery/steps");
    private static final int MOST_LINES = 5;
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("delivery");
    /** The methods that change a release, whether through Argo CD or at the Rollout itself. */
    private static final Set<String> DELIVERS = Set.of("create", "change", "remove");

    /**
     * A Then that promoted would itself bring about what it checks. Building a version when a step first names it is
     * allowed, because that changes no release.
     */
    @Test
    void aThenOnlyLooks() {
        List<String> acting = thens().map(GlueTest::wayToAnAction).flatMap(Optional::stream).sorted().toList();
        assertThat(acting).as("steps after Then that act on the release, each with the way").isEmpty();
    }

    /** The rule above would always hold if the search found no way to an action at all. */
    @Test
    void aWhenActs() {
        assertThat(wayToAnAction(step("ReleaseSteps", "promoted"))).hasValueSatisfying(way ->
                assertThat(way).contains("RolloutActions.promote"));
        assertThat(wayToAnAction(step("ReleaseSteps", "goodReleased"))).isPresent();
        assertThat(wayToAnAction(step("ReleaseSteps", "undone"))).isPresent();
        assertThat(wayToAnAction(step("ApplicationSteps", "pods"))).as("an override delivers").isPresent();
        assertThat(thens()).hasSizeGreaterThan(30);
    }

    /** A verdict is decided only in classes that have unit tests. */
    @Test
    void noStepJudgesByItself() {
        noClasses().that().resideInAPackage("delivery.steps").and().haveSimpleNameNotEndingWith("Test").should()
                .dependOnClassesThat().resideInAPackage("org.assertj..")
                .because("its judgements would be tested by nothing but a cluster").check(CLASSES);
        noClasses().that().resideInAPackage("delivery.steps").and().haveSimpleNameEndingWith("Steps").should()
                .dependOnClassesThat().areAssignableTo(AssertionError.class)
                .because("a judge says what is wrong, and ScenarioWorld.require throws it").check(CLASSES);
    }

    @Test
    void aStepIsReadInOneLook() throws IOException {
        Map<String, Long> longer = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(GLUE)) {
            files = all.filter(file -> file.toString().endsWith("Steps.java")).toList();
        }
        assertThat(files).hasSizeGreaterThan(5);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, manager, null, null, null,
                    manager.getJavaFileObjectsFromPaths(files));
            for (CompilationUnitTree unit : task.parse()) {
                lines(unit, Trees.instance(task).getSourcePositions()).forEach((method, lines) -> {
                    if (lines > MOST_LINES) {
                        longer.put(Path.of(unit.getSourceFile().getName()).getFileName() + " " + method, lines);
                    }
                });
            }
        }
        assertThat(longer).as("methods of the glue of more than " + MOST_LINES + " lines").isEmpty();
    }

    private static Map<String, Long> lines(CompilationUnitTree unit, SourcePositions positions) throws IOException {
        String source = unit.getSourceFile().getCharContent(true).toString();
        Map<String, Long> lines = new LinkedHashMap<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                long start = positions.getStartPosition(unit, method.getBody()) + 1;
                String body = source.substring((int) start, (int) positions.getEndPosition(unit, method.getBody()) - 1);
                lines.put(method.getName() + " at line " + unit.getLineMap().getLineNumber(start),
                        body.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("//"))
                                .count());
                return super.visitMethod(method, unused);
            }
        }.scan(unit, null);
        return lines;
    }

    private static Stream<JavaMethod> thens() {
        return CLASSES.stream().filter(type -> type.getPackageName().equals("delivery.steps"))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Then.class) || method.isAnnotatedWith(Then.Thens.class));
    }

    private static JavaMethod step(String type, String name) {
        return CLASSES.get("delivery.steps." + type).getMethods().stream().filter(method -> method.getName()
                .equals(name)).findFirst().orElseThrow();
    }

    /** Returns the shortest way, through every method that a call may reach, including those of subclasses. */
    private static Optional<String> wayToAnAction(JavaMethod from) {
        Map<JavaCodeUnit, JavaCodeUnit> cameFrom = new LinkedHashMap<>();
        Deque<JavaCodeUnit> next = new ArrayDeque<>(List.of(from));
        cameFrom.put(from, from);
        while (!next.isEmpty()) {
            JavaCodeUnit at = next.remove();
            if (isAction(at)) {
                return Optional.of(way(cameFrom, at));
            }
            Stream.concat(at.getCallsFromSelf().stream().map(call -> call.getTarget().resolveMember()),
                            Stream.concat(at.getMethodReferencesFromSelf().stream(),
                                    at.getConstructorReferencesFromSelf().stream())
                                    .map(reference -> reference.getTarget().resolveMember()))
                    .flatMap(Optional::stream).filter(JavaCodeUnit.class::isInstance).map(JavaCodeUnit.class::cast)
                    .flatMap(GlueTest::withOverrides)
                    .filter(method -> method.getOwner().getPackageName().startsWith("delivery."))
                    .filter(method -> cameFrom.putIfAbsent(method, at) == null).forEach(next::add);
        }
        return Optional.empty();
    }

    private static Stream<JavaCodeUnit> withOverrides(JavaCodeUnit method) {
        List<String> parameters = method.getRawParameterTypes().stream().map(JavaClass::getName).toList();
        return Stream.concat(Stream.of(method), method.getOwner().getAllSubclasses().stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(own -> own.getName().equals(method.getName()) && own.getRawParameterTypes().stream()
                        .map(JavaClass::getName).toList().equals(parameters)));
    }

    private static boolean isAction(JavaCodeUnit method) {
        return method.getOwner().isEquivalentTo(RolloutActions.class) && !method.isConstructor()
                || method.getOwner().getName().equals("delivery.release.Delivery")
                        && DELIVERS.contains(method.getName());
    }

    private static String way(Map<JavaCodeUnit, JavaCodeUnit> cameFrom, JavaCodeUnit to) {
        Deque<JavaCodeUnit> way = new ArrayDeque<>(List.of(to));
        while (!cameFrom.get(way.peek()).equals(way.peek())) {
            way.push(cameFrom.get(way.peek()));
        }
        return way.stream().map(method -> method.getOwner().getSimpleName() + "." + method.getName())
                .collect(Collectors.joining(" -> "));
    }
}
