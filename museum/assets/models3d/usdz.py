"""A solid as USDZ, which iPhones and iPads put into the room: metres, y up, one preview surface for each material.

https://openusd.org/release/spec_usdz.html
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from museum.assets.models3d.pictures import Image
from museum.assets.models3d.solid import Part, Solid, flipped
from museum.assets.models3d.usd_library import Gf, Sdf, Usd, UsdGeom, UsdShade, Vt

TEXTURE = 2048
_QUALITY = 85


def write_usdz(solid: Solid, images: dict[int, Image], folder: Path, to: Path) -> None:
    """Write the package; `images` are the pixels of the solid's textures by number. Files in the making lie in `folder`."""
    layer = folder / "model.usdc"
    stage = Usd.Stage.CreateNew(str(layer))
    UsdGeom.SetStageUpAxis(stage, UsdGeom.Tokens.y)
    UsdGeom.SetStageMetersPerUnit(stage, 1.0)
    root = UsdGeom.Xform.Define(stage, "/Model")
    stage.SetDefaultPrim(root.GetPrim())
    names: dict[int, str] = {}
    for number, image in images.items():
        # only these two kinds of picture are allowed in a package
        names[number] = f"texture-{number}.{'png' if image.hasalpha() else 'jpg'}"
        if image.hasalpha():
            image.pngsave(str(folder / names[number]), keep="none")
        else:
            image.jpegsave(str(folder / names[number]), Q=_QUALITY, keep="none")
    surfaces = [
        _material(stage, f"/Model/Material{number}", material, names) for number, material in enumerate(solid.materials)
    ]
    for number, part in enumerate(solid.parts):
        _mesh(stage, f"/Model/Part{number}", part, surfaces)
    stage.GetRootLayer().Save()
    writer = Sdf.ZipFileWriter.CreateNew(str(to))
    writer.AddFile(str(layer), "model.usdc")
    for name in names.values():
        writer.AddFile(str(folder / name), name)
    writer.Save()
    for name in ("model.usdc", *names.values()):
        (folder / name).unlink()


def _mesh(stage: Any, path: str, part: Part, surfaces: list[Any]) -> None:
    mesh = UsdGeom.Mesh.Define(stage, path)
    mesh.CreatePointsAttr(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(part.positions)))
    mesh.CreateFaceVertexCountsAttr(Vt.IntArray.FromNumpy(np.full(len(part.faces), 3, np.int32)))
    mesh.CreateFaceVertexIndicesAttr(Vt.IntArray.FromNumpy(part.faces.ravel().astype(np.int32)))
    mesh.CreateSubdivisionSchemeAttr(UsdGeom.Tokens.none)
    low, high = part.positions.min(axis=0), part.positions.max(axis=0)
    mesh.CreateExtentAttr(Vt.Vec3fArray.FromNumpy(np.stack([low, high])))
    if part.normals is not None:
        mesh.CreateNormalsAttr(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(part.normals)))
        mesh.SetNormalsInterpolation(UsdGeom.Tokens.vertex)
    primvars = UsdGeom.PrimvarsAPI(mesh)
    if part.uvs:
        upwards = flipped(part.uvs[0])
        st = primvars.CreatePrimvar("st", Sdf.ValueTypeNames.TexCoord2fArray, UsdGeom.Tokens.vertex)
        st.Set(Vt.Vec2fArray.FromNumpy(np.ascontiguousarray(upwards)))
    if part.colors is not None:
        color = mesh.CreateDisplayColorPrimvar(UsdGeom.Tokens.vertex)
        color.Set(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(part.colors[:, :3])))
    if part.material >= 0:
        UsdShade.MaterialBindingAPI.Apply(mesh.GetPrim()).Bind(surfaces[part.material])


def _material(stage: Any, path: str, material: dict[str, Any], names: dict[int, str]) -> Any:
    rough = material.get("pbrMetallicRoughness", {})
    made = UsdShade.Material.Define(stage, path)
    surface = UsdShade.Shader.Define(stage, f"{path}/Surface")
    surface.CreateIdAttr("UsdPreviewSurface")
    surface.CreateInput("metallic", Sdf.ValueTypeNames.Float).Set(float(rough.get("metallicFactor", 1.0)))
    surface.CreateInput("roughness", Sdf.ValueTypeNames.Float).Set(float(rough.get("roughnessFactor", 1.0)))
    factor = rough.get("baseColorFactor", [1, 1, 1, 1])
    color = surface.CreateInput("diffuseColor", Sdf.ValueTypeNames.Color3f)
    color.Set(Gf.Vec3f(*factor[:3]))
    if factor[3] < 1 and material.get("alphaMode") == "BLEND":
        surface.CreateInput("opacity", Sdf.ValueTypeNames.Float).Set(float(factor[3]))
    for key, target, kind, output in (
        (rough.get("baseColorTexture"), color, "sRGB", "rgb"),
        (material.get("normalTexture"), None, "raw", "rgb"),
        (material.get("occlusionTexture"), None, "raw", "r"),
    ):
        if key is None or key["index"] not in names or key.get("texCoord", 0) != 0:
            continue
        if target is None:
            kind_of = Sdf.ValueTypeNames.Normal3f if output == "rgb" else Sdf.ValueTypeNames.Float
            target = surface.CreateInput("normal" if output == "rgb" else "occlusion", kind_of)
        _connect(stage, f"{path}/Texture{key['index']}{output}", names[key["index"]], target, kind, output)
    made.CreateSurfaceOutput().ConnectToSource(surface.ConnectableAPI(), "surface")
    return made


def _connect(stage: Any, path: str, name: str, target: Any, kind: str, output: str) -> None:
    """A texture node that reads file `name` by the coordinates `st`, connected to an input."""
    reader = UsdShade.Shader.Define(stage, f"{path}Coordinates")
    reader.CreateIdAttr("UsdPrimvarReader_float2")
    reader.CreateInput("varname", Sdf.ValueTypeNames.String).Set("st")
    texture = UsdShade.Shader.Define(stage, path)
    texture.CreateIdAttr("UsdUVTexture")
    texture.CreateInput("file", Sdf.ValueTypeNames.Asset).Set(Sdf.AssetPath(name))
    texture.CreateInput("sourceColorSpace", Sdf.ValueTypeNames.Token).Set(kind)
    texture.CreateInput("wrapS", Sdf.ValueTypeNames.Token).Set("repeat")
    texture.CreateInput("wrapT", Sdf.ValueTypeNames.Token).Set("repeat")
    if kind == "raw" and output == "rgb":
        texture.CreateInput("scale", Sdf.ValueTypeNames.Float4).Set(Gf.Vec4f(2, 2, 2, 1))
        texture.CreateInput("bias", Sdf.ValueTypeNames.Float4).Set(Gf.Vec4f(-1, -1, -1, 0))
    st = reader.CreateOutput("result", Sdf.ValueTypeNames.Float2)
    texture.CreateInput("st", Sdf.ValueTypeNames.Float2).ConnectToSource(st)
    target.ConnectToSource(
        texture.CreateOutput(output, Sdf.ValueTypeNames.Float3 if output == "rgb" else Sdf.ValueTypeNames.Float)
    )
