using ChatOps.Secrets.References;

namespace ChatOps.Tests.Secrets;

public sealed class SecretReferencesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatops-secrets-").FullName;
    private readonly SecretReferences _references = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_plain_value_is_itself()
    {
        var plain = _references.Resolve("just a value");
        Assert.Equal(("just a value", false, (string?)null), (plain.Value, plain.IsReference, plain.Error));
    }

    [Fact]
    public void A_variable_is_read_from_the_environment()
    {
        Environment.SetEnvironmentVariable("CHATOPS_TEST_REFERENCE", "from the environment");
        var found = _references.Resolve("${env:CHATOPS_TEST_REFERENCE}");
        Assert.Equal(("from the environment", true), (found.Value, found.IsReference));
        Assert.DoesNotContain("from the", found.ToString(), StringComparison.Ordinal);
        Assert.Contains("CHATOPS_TEST_MISSING is not set", _references.Resolve("${env:CHATOPS_TEST_MISSING}").Error!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_file_is_read_without_its_last_line_end()
    {
        var path = Write("key", "file secret\n", "600");
        Assert.Equal("file secret", _references.Resolve($"${{file:{path}}}").Value);
        Chmod("400", path);
        Assert.Equal("file secret", _references.Resolve($"${{file:{path}}}").Value);
    }

    [Theory]
    [InlineData("640")]
    [InlineData("604")]
    [InlineData("660")]
    public void A_file_that_others_may_read_is_refused_with_the_remedy(string mode)
    {
        var path = Write("open", "file secret", mode);
        var error = _references.Resolve($"${{file:{path}}}").Error!;
        Assert.Contains($"chmod 600 '{path}'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("file secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_ordinary_file_is_refused_without_waiting()
    {
        var pipe = Path.Combine(_directory, "pipe");
        using (var process = System.Diagnostics.Process.Start("mkfifo", ["-m", "600", pipe]))
            await process.WaitForExitAsync();
        foreach (var path in new[] { pipe, _directory, "/dev/zero", Path.Combine(_directory, "none"), "relative", Write("empty", "", "600") })
        {
            var resolution = await Task.Run(() => _references.Resolve($"${{file:{path}}}")).WaitAsync(Testing.Until.Limit);
            Assert.Null(resolution.Value);
            Assert.StartsWith($"${{file:{path}}}: ", resolution.Error!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("${secret:TOKEN}", "this version does not have")]
    [InlineData("${vault:x}", "no source of secrets")]
    [InlineData("${env:}", "not a secret reference")]
    [InlineData("${TOKEN}", "not a secret reference")]
    public void What_cannot_be_resolved_is_said(string reference, string expected) => Assert.Contains(expected, _references.Resolve(reference).Error!, StringComparison.Ordinal);

    private string Write(string name, string content, string mode)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, content);
        Chmod(mode, path);
        return path;
    }

    private static void Chmod(string mode, string path)
    {
        using var process = System.Diagnostics.Process.Start("chmod", [mode, path]);
        process.WaitForExit();
    }
}
