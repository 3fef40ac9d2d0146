using ChatOps.Policy;
using ChatOps.Policy.Commands.Grammar;

namespace ChatOps.Tests.Policy;

/// <summary>The grammar by itself: what it keeps, and what it says about the rest.</summary>
public sealed class ShellParserTests
{
    [Theory]
    [InlineData("ls -la", "Always False L<ls> L<-la> ")]
    [InlineData("a 'b c' \"d\\\"e\" f\\ g", "Always False L<a> L<b c> L<d\"e> L<f g> ")]
    [InlineData("a *.log '*'.x \\*", "Always False L<a> P<*.log> L<*.x> L<*> ")]
    [InlineData("a '*'*", "Always False L<a> P<\\**> ")]
    [InlineData("a [ b", "Always False L<a> L<[> L<b> ")]
    [InlineData("[ -f x ]", "Always False L<[> L<-f> L<x> L<]> ")]
    [InlineData("a | b 2>&1 | c >/dev/null", "Always False L<a>  | L<b> StderrToStdout | L<c> StdoutToNull")]
    [InlineData("a && b || ! c; d", "Always False L<a> \nAnd False L<b> \nOr True L<c> \nAlways False L<d> ")]
    [InlineData("2>/dev/null a </dev/null 1>&2", "Always False L<a> StderrToNull,StdinFromNull,StdoutToStderr")]
    [InlineData("a # b; c", "Always False L<a> ")]
    [InlineData("a b#c", "Always False L<a> L<b#c> ")]
    [InlineData("a $ \"$\" x$", "Always False L<a> L<$> L<$> L<x$> ")]
    [InlineData("  a\t b  ;", "Always False L<a> L<b> ")]
    public void What_needs_no_shell_becomes_a_program(string line, string expected)
    {
        var program = ShellParser.Parse(line).Program;
        Assert.NotNull(program);
        Assert.Equal(expected, ShellText.Shown(program));
    }

    [Theory]
    [InlineData("ls $(x)", "shell.command-substitution")]
    [InlineData("ls `x`", "shell.command-substitution")]
    [InlineData("ls $x", "shell.parameter-expansion")]
    [InlineData("ls $((1))", "shell.arithmetic-expansion")]
    [InlineData("ls <(x)", "shell.process-substitution")]
    [InlineData("ls ~", "shell.tilde")]
    [InlineData("ls {a,b}", "shell.brace-expansion")]
    [InlineData("ls {1..9}", "shell.brace-expansion")]
    [InlineData("ls $'a'", "shell.ansi-quoting")]
    [InlineData("ls é", "shell.non-ascii")]
    [InlineData("ls \u0001", "shell.control-character")]
    [InlineData("ls\nls", "shell.newline")]
    [InlineData("ls &", "shell.background")]
    [InlineData("ls |& cat", "shell.redirect-handles")]
    [InlineData("ls &> x", "shell.redirect-handles")]
    [InlineData("cat <<E\nx\nE", "shell.here-document")]
    [InlineData("cat <<< x", "shell.here-document")]
    [InlineData("ls > x", "shell.redirect-write")]
    [InlineData("wc -l < x", "shell.redirect-read")]
    [InlineData("A=b ls", "shell.assignment")]
    [InlineData("(ls)", "shell.group")]
    [InlineData("{ ls; }", "shell.group")]
    [InlineData("f() { ls; }", "shell.function")]
    [InlineData("if ls; then ls; fi", "shell.compound")]
    [InlineData("while ls; do ls; done", "shell.compound")]
    [InlineData("for i in a b; do ls; done", "shell.compound")]
    [InlineData("for i; do ls; done", "shell.compound")]
    [InlineData("case a in a|b) ls;; (c) ls;; esac", "shell.compound")]
    [InlineData("l? x", "shell.pattern-program")]
    [InlineData("ls 'unclosed", "syntax")]
    [InlineData("ls )", "syntax")]
    [InlineData("if ls; fi", "syntax")]
    [InlineData("ls | | ls", "syntax")]
    [InlineData("ls ;; ls", "syntax")]
    public void The_reason_names_what_needs_the_shell(string line, string rule)
    {
        var assessment = PolicyUnderTest.Risk.Assess(line);
        Assert.Equal(rule, assessment.Rule);
        Assert.Equal(Risk.Change, assessment.Risk);
        Assert.Null(assessment.Program);
    }

    [Fact]
    public void A_write_says_where_it_goes() => Assert.Equal("Asks: the line writes to /tmp/x.", PolicyUnderTest.Risk.Assess("ls > /tmp/x").Reason);

    [Fact]
    public void Commands_inside_everything_are_seen()
    {
        var parsed = ShellParser.Parse("a $(b `c`) ${x:-$(d)} \"$(e)\" <(f) | (g; { h; }) && if i; then j; fi; for x in $(k); do l; done; case m in n) o;; esac; p() { q; }");
        Assert.Null(parsed.Error);
        Assert.Equal(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "o", "p", "q"], parsed.Commands.Where(c => c.Words.Count > 0).Select(c => c.Words[0].Text).Concat(["p"]).Distinct().Order());
    }

    [Fact]
    public void A_change_that_needs_no_shell_has_its_program_too()
    {
        var assessment = PolicyUnderTest.Risk.Assess("systemctl restart cron");
        Assert.Equal(Risk.Change, assessment.Risk);
        Assert.Equal("change.systemctl.restart", assessment.Rule);
        Assert.True(assessment.RunsWithoutShell);
    }

    [Fact]
    public void A_command_of_the_shell_itself_needs_the_shell() => Assert.False(PolicyUnderTest.Risk.Assess("cd /tmp && ls").RunsWithoutShell);

    [Fact]
    public void A_line_over_the_limit_asks() => Assert.Equal("too-long", PolicyUnderTest.Risk.Assess("ls " + new string('a', ShellLimits.LineLength)).Rule);

    [Fact]
    public void Too_many_commands_ask() => Assert.Equal("too-many-commands", PolicyUnderTest.Risk.Assess(string.Join(';', Enumerable.Repeat("ls", ShellLimits.Commands + 1))).Rule);

    [Fact]
    public void Too_many_words_ask() => Assert.Equal("too-many-words", PolicyUnderTest.Risk.Assess("ls" + string.Concat(Enumerable.Repeat(" a", ShellLimits.Words))).Rule);

    [Theory]
    [InlineData("$(", ")")]
    [InlineData("(", ")")]
    [InlineData("{ ", "; }")]
    [InlineData("\"$(", ")\"")]
    [InlineData("${x:-", "}")]
    public void Deep_nesting_asks(string open, string close)
    {
        var line = "echo " + string.Concat(Enumerable.Repeat(open, 500)) + "ls" + string.Concat(Enumerable.Repeat(close, 500));
        Assert.NotEqual(Risk.Read, PolicyUnderTest.Risk.Assess(line).Risk);
    }
}
