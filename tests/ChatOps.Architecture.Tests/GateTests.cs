using System.Reflection;
using ChatOps.Tools;

namespace ChatOps.Architecture;

/// <summary>Every effect passes the gate: there is no other way to a tool.</summary>
public sealed class GateTests
{
    private static readonly Assembly Tools = typeof(ToolDefinitions).Assembly;

    // Stands for the tools of other MCP servers, which say what they are only while the gateway runs.
    private const string OfOthers = "OutsideCallTool";

    private static IEnumerable<Type> Implementations => Tools.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && typeof(ITool).IsAssignableFrom(t));

    [Fact]
    public void Tools_are_internal_and_live_behind_the_gate_only()
    {
        Assert.NotEmpty(Implementations);
        Assert.Empty(Implementations.Where(t => t.IsPublic));
        Assert.Empty(ProductAssemblies().Where(a => a != Tools).SelectMany(a => a.GetTypes()).Where(t => t.IsClass && typeof(ITool).IsAssignableFrom(t)));
    }

    [Fact]
    public void No_tool_and_no_registry_of_tools_can_be_resolved_from_the_container()
    {
        var services = Composition.Services();
        var leaks = services.Where(d => typeof(ITool).IsAssignableFrom(d.ServiceType) || d.ServiceType.Name == "ToolRegistry" || IsCollectionOfTools(d.ServiceType));
        Assert.Empty(leaks.Select(d => d.ServiceType.FullName));
        Assert.Contains(services, d => d.ServiceType == typeof(IToolInvoker));
    }

    [Fact]
    public void Nobody_outside_the_gate_holds_a_tool()
    {
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var holders =
            from type in ProductAssemblies().SelectMany(a => a.GetTypes())
            let outer = type.DeclaringType ?? type
            where !typeof(ITool).IsAssignableFrom(outer) && type.Namespace != "ChatOps.Tools.Gate" && outer.Name != "ToolRegistry"
            where type.GetFields(all).Any(f => Mentions(f.FieldType)) || type.GetMethods(all).Any(m => Mentions(m.ReturnType) || m.GetParameters().Any(p => Mentions(p.ParameterType)))
            where outer != typeof(ToolsRegistration)
            select type.FullName;
        Assert.Empty(holders);
    }

    [Fact]
    public void Every_tool_is_defined_once_and_every_definition_has_a_tool()
    {
        var defined = ToolDefinitions.All.Select(m => m.Name).ToList();
        Assert.Equal(defined.Distinct(), defined);
        Assert.Equal(Implementations.Count(t => t.Name != OfOthers), defined.Count);
        var commands = ToolDefinitions.All.SelectMany(m => m.Commands).ToList();
        Assert.Equal(commands.Distinct(), commands);
    }

    [Fact]
    public void Every_definition_says_what_it_is_for_and_every_parameter_too()
    {
        foreach (var manifest in ToolDefinitions.All)
        {
            Assert.False(string.IsNullOrWhiteSpace(manifest.Summary), manifest.Name);
            Assert.NotEmpty(manifest.Commands);
            Assert.NotEmpty(manifest.Examples);
            Assert.All(manifest.Parameters, p => Assert.False(string.IsNullOrWhiteSpace(p.Description), $"{manifest.Name}.{p.Name}"));
            if (manifest.TargetParameter is { } target) Assert.Contains(manifest.Parameters, p => p.Name == target && p.Kind == ParameterKind.Selector);
        }
    }

    private static bool Mentions(Type type) =>
        typeof(ITool).IsAssignableFrom(type) || (type.IsGenericType && type.GetGenericArguments().Any(Mentions)) || (type.HasElementType && Mentions(type.GetElementType()!));

    private static bool IsCollectionOfTools(Type type) => type.IsGenericType && type.GetGenericArguments().Any(a => typeof(ITool).IsAssignableFrom(a));

    private static IEnumerable<Assembly> ProductAssemblies() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "ChatOps.*.dll")
            .Where(f => !Path.GetFileName(f).Contains("Test", StringComparison.Ordinal))
            .Select(f => Assembly.Load(Path.GetFileNameWithoutExtension(f)));
}
