using ChatOps.Yaml;

namespace ChatOps.Tests.Yaml;

public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("nmae: x", 1, "nmae", "unknown key 'nmae'; known here: name, items.", "name")]
    [InlineData("name: x\nitems: []\nname: y", 3, "name", "already written in line 1", null)]
    [InlineData("name: &a x", 1, "name", "anchors", null)]
    [InlineData("name: *a", 1, "name", "aliases", null)]
    [InlineData("name: !!str x", 1, "name", "tags", null)]
    [InlineData("name: x\n---\nname: y", 2, "(file)", "second YAML document", null)]
    [InlineData("# one\n- x", 2, "(file)", "must be a map", null)]
    [InlineData("? [a]\n: x", 1, "?", "plain name", null)]
    [InlineData("name: x\nitems: [", 2, "(file)", "not valid YAML", null)]
    [InlineData("name: x\n\titems: []", 2, "(file)", "not valid YAML", null)]
    [InlineData("name: \"\\UFFFFFFFF\"", 1, "(file)", "not valid YAML", null)]
    [InlineData("name: x\n\u0001", 2, "(file)", "U+0001", null)]
    public void A_slip_is_named_with_its_line_its_key_and_the_nearest_known_one(string text, int line, string key, string reason, string? nearest)
    {
        var yaml = new YamlReader("some.yaml");

        yaml.Load(text, "name", "items");

        var problem = Assert.Single(yaml.Problems);
        Assert.Equal(("some.yaml", line, key, nearest), (problem.File, problem.Line, problem.Key, problem.Nearest));
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: 007", "007")]
    [InlineData("a: yes", "yes")]
    [InlineData("a: 1e3", "1e3")]
    [InlineData("a: '~'", "~")]
    [InlineData("a: |\n  one\n  two\n", "one\ntwo\n")]
    public void A_text_is_what_was_written(string text, string expected)
    {
        var yaml = new YamlReader("some.yaml");

        Assert.Equal(expected, yaml.Text(yaml.Load(text)!["a"], "a"));
        Assert.Empty(yaml.Problems);
    }

    [Theory]
    [InlineData("a:")]
    [InlineData("a: ~")]
    [InlineData("a: null")]
    [InlineData("a: ''")]
    [InlineData("a: [x]")]
    public void What_is_no_text_is_a_problem_and_no_value(string text)
    {
        var yaml = new YamlReader("some.yaml");

        Assert.Null(yaml.Text(yaml.Load(text)!["a"], "a"));
        Assert.Equal(("a", 1), Assert.Single(yaml.Problems.Select(p => (p.Key, p.Line))));
    }

    [Fact]
    public void A_doubled_key_is_a_problem_of_the_map_that_has_it_and_its_first_value_stays()
    {
        var yaml = new YamlReader("some.yaml");
        var root = yaml.Load("one: { a: x, a: y }\ntwo: { a: z }")!;
        Assert.Empty(yaml.Problems);

        Assert.Equal("z", yaml.Text(yaml.Map(root["two"], "two", "a")!["a"], "two.a"));
        Assert.Empty(yaml.Problems);
        Assert.Equal("x", yaml.Text(yaml.Map(root["one"], "one", "a")!["a"], "one.a"));
        Assert.Equal("one.a", Assert.Single(yaml.Problems).Key);
    }

    [Fact]
    public void An_empty_file_has_no_keys_and_no_problem()
    {
        var yaml = new YamlReader("some.yaml");

        Assert.Empty(yaml.Load("# nothing\n", "name")!.Entries);
        Assert.Empty(yaml.Problems);
    }

    [Fact]
    public void A_file_beyond_a_bound_is_not_read()
    {
        string[] texts =
        [
            "#" + new string('x', YamlReader.MaxLength),
            "a: [" + string.Concat(Enumerable.Repeat("a,", YamlReader.MaxElements)) + "a]",
            "a: " + new string('[', YamlReader.MaxDepth + 1) + new string(']', YamlReader.MaxDepth + 1),
        ];
        foreach (var text in texts)
        {
            var yaml = new YamlReader("some.yaml");
            Assert.Null(yaml.Load(text));
            Assert.Single(yaml.Problems);
        }
    }
}
