package org.pagetrail.app.fix;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pagetrail.kvm.model.stated.Fact;
import org.pagetrail.kvm.model.stated.Facts;
import org.pagetrail.kvm.model.stated.StatedDecision;
import org.pagetrail.kvm.model.stated.TruthTable;

/**
 * Expressions of CEL over the facts of a decision, compiled to the table of their answers. Of CEL's
 * functions only those on truth values are there: no loops, no text, no numbers.
 */
final class Expressions {
  private static final int LENGTH_MAX = 4096;
  private static final int DEPTH_MAX = 100;

  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();

  private Expressions() {}

  /**
   * Compiles an expression.
   *
   * @param offset where the expression begins in the text
   * @throws org.pagetrail.app.cli.Trouble if it is none; a caret stands under the place
   */
  static TruthTable compile(FixText text, int offset, String expression, StatedDecision decision) {
    if (expression.length() > LENGTH_MAX) {
      throw text.at(offset, "the expression is too long", "write at most " + LENGTH_MAX);
    }
    CelValidationResult checked = compiler(decision).compile(expression);
    if (checked.hasError()) {
      throw ExpressionError.of(text, offset, expression, decision, first(checked.getErrors()));
    }
    try {
      CelAbstractSyntaxTree tree = checked.getAst();
      List<Fact> reads = reads(tree, decision);
      if (reads.size() > TruthTable.READS_MAX) {
        throw text.at(
            offset,
            "the expression reads " + reads.size() + " inputs",
            "read at most " + TruthTable.READS_MAX);
      }
      CelRuntime.Program program = RUNTIME.createProgram(tree);
      return TruthTable.of(reads, facts -> holds(program, reads, facts));
    } catch (CelValidationException | CelEvaluationException e) {
      throw text.at(offset, "the expression has no value", "it must be true or false");
    }
  }

  private static CelCompiler compiler(StatedDecision decision) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(
                CelOptions.current()
                    .maxExpressionCodePointSize(LENGTH_MAX)
                    .maxParseRecursionDepth(DEPTH_MAX)
                    .build())
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(
                CelStandardDeclarations.newBuilder()
                    .includeFunctions(
                        StandardFunction.LOGICAL_AND,
                        StandardFunction.LOGICAL_OR,
                        StandardFunction.LOGICAL_NOT,
                        StandardFunction.CONDITIONAL,
                        StandardFunction.EQUALS,
                        StandardFunction.NOT_EQUALS)
                    .build())
            .setResultType(SimpleType.BOOL);
    decision.facts().forEach(fact -> builder.addVar(fact.word(), SimpleType.BOOL));
    return builder.build();
  }

  private static List<Fact> reads(CelAbstractSyntaxTree tree, StatedDecision decision) {
    Set<String> names =
        tree.getReferenceMap().values().stream()
            .map(CelReference::name)
            .collect(Collectors.toSet());
    return decision.facts().stream().filter(fact -> names.contains(fact.word())).toList();
  }

  private static boolean holds(CelRuntime.Program program, List<Fact> reads, Facts facts) {
    Map<String, Object> values = new TreeMap<>();
    reads.forEach(fact -> values.put(fact.word(), facts.has(fact)));
    try {
      return Boolean.TRUE.equals(program.eval(values));
    } catch (CelEvaluationException e) {
      throw new IllegalStateException("truth values that have no truth value", e);
    }
  }

  /** The error that stands first, from the left. */
  private static CelIssue first(List<CelIssue> errors) {
    return errors.stream()
        .min((a, b) -> {
          int lines =
              Integer.compare(a.getSourceLocation().getLine(), b.getSourceLocation().getLine());
          return lines != 0
              ? lines
              : Integer.compare(
                  a.getSourceLocation().getColumn(), b.getSourceLocation().getColumn());
        })
        .orElseThrow();
  }
}
