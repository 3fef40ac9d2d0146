using ChatOps.Configuration;
using ChatOps.Identity.Files;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Identity;

public sealed class AccessFuzzTests
{
    private static readonly string[] Pieces =
    [
        "people", "roles", "ana", "allow", ":", ": ", "- ", "\n", "\n  ", "\n    ", "{", "}", "[", "]", ",", "\"", "'", "&a", "*a", "!t", "|", ">", "---", "...",
        "%", "?", "#", "\\u", "\\x4", "\t", "\0", "\u0007", "é", "\ud83d\ude00", "<<", "~", "@", "`", "0x", "\ufeff",
    ];

    [Fact]
    public void Whatever_is_in_the_file_it_is_read_or_it_is_a_problem()
    {
        var texts = Gen.Elements(Pieces).ArrayOf().Select(string.Concat).ToArbitrary();

        Prop.ForAll(texts, text =>
        {
            var problems = new List<ConfigurationProblem>();
            var document = new AccessDocumentReader(() => AccessBench.Tools).Read("f", text, problems);
            return document is not null || problems.Count > 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(60));
    }

    [Fact]
    public void What_the_gateway_writes_reads_back_the_same()
    {
        var names = Gen.Elements("ana", "null", "true", "0x1f", "1.5", "on", "a-b", "2026-01-01").NonEmptyListOf().Select(n => n.Distinct().ToList());
        var texts = Gen.Elements("Ana", "\"quoted\"", "back\\slash", "# no remark", "a: b", "ü", "{x}", "'", " ", "日本", "%", "- -", "\\u0041").ToArbitrary().Generator;
        var documents = (from ids in names from display in texts select new AccessDocument("f", [],
            [.. ids.Select(id => new PersonEntry(id, 0, display, [new("viewer", 0)], [new("telegram:" + id, 0)]))])).ToArbitrary();

        Prop.ForAll(documents, document =>
        {
            var problems = new List<ConfigurationProblem>();
            var read = new AccessDocumentReader(() => AccessBench.Tools).Read("f", AccessDocumentWriter.Write(document), problems);
            return problems.Count == 0 && Shape(read!) == Shape(document);
        }).QuickCheckThrowOnFailure();
    }

    private static string Shape(AccessDocument document) => string.Join('\n', document.People.Select(p =>
        $"{p.Id}|{p.Name}|{string.Join(',', p.Roles.Select(r => r.Text))}|{string.Join(',', p.Identities.Select(i => i.Text))}"));
}
